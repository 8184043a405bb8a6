import { parseIp, parseMac } from '@l2gw/l2';
import { locatorTo } from '../switch/locator.js';
import type { RemoteMac } from '../switch/network-change.js';
import type { RemoteMacRow } from '../switch/switch-contents.js';
import { planMac } from './plan-mac.js';

const M1 = '02:00:00:00:00:01';
const M2 = '02:00:00:00:00:0a';

const wanted = (mac: string, vtep: string, ip = ''): RemoteMac => ({
  mac: parseMac(mac),
  locator: locatorTo(vtep),
  ip: ip === '' ? '' : parseIp(ip),
});
const row = (id: string, text: string, vtep: string | undefined, ip = ''): RemoteMacRow => ({
  id,
  text,
  mac: /^[0-9a-f:.-]{12,17}$/i.test(text) ? parseMac(text) : text,
  locator: vtep === undefined ? undefined : locatorTo(vtep),
  ip,
});

const A = wanted(M1, '192.0.2.1', '10.1.0.1');

describe('The plan for a MAC of a logical switch', () => {
  it.each([
    ['nothing when both sides agree', A, [row('a', M1, '192.0.2.1', '10.1.0.1')], []],
    ['nothing for a MAC that nobody has', undefined, [], []],
    ['an insert for a MAC that is missing', A, [], [{ kind: 'add', entry: A }]],
    ['a delete for a MAC nobody wants', undefined, [row('a', M1, '192.0.2.1')], [{ kind: 'remove', id: 'a', mac: M1 }]],
    [
      'a change in place for a MAC that has moved',
      A,
      [row('a', M1, '192.0.2.2', '10.1.0.1')],
      [{ kind: 'move', id: 'a', entry: A }],
    ],
    [
      'a change in place when only the IP is another',
      A,
      [row('a', M1, '192.0.2.1', '10.1.0.9')],
      [{ kind: 'move', id: 'a', entry: A }],
    ],
    [
      'a change in place for a row whose locator has a tunnel key',
      A,
      [row('a', M1, undefined, '10.1.0.1')],
      [{ kind: 'move', id: 'a', entry: A }],
    ],
    [
      'a change in place for another spelling',
      wanted(M2, '192.0.2.1'),
      [row('a', M2.toUpperCase(), '192.0.2.1')],
      [{ kind: 'move', id: 'a', entry: wanted(M2, '192.0.2.1') }],
    ],
    [
      'that the right one of two duplicates stays',
      A,
      [row('a', M1, '192.0.2.2'), row('b', M1, '192.0.2.1', '10.1.0.1')],
      [{ kind: 'remove', id: 'a', mac: M1 }],
    ],
    [
      'that one of three wrong duplicates stays and is put right',
      A,
      [row('c', M1, '192.0.2.3'), row('a', M1, '192.0.2.2'), row('b', M1, '192.0.2.2')],
      [
        { kind: 'remove', id: 'c', mac: M1 },
        { kind: 'remove', id: 'b', mac: M1 },
        { kind: 'move', id: 'a', entry: A },
      ],
    ],
    [
      'a delete for what is no MAC at all',
      undefined,
      [row('a', 'hello', '192.0.2.1')],
      [{ kind: 'remove', id: 'a', mac: 'hello' }],
    ],
  ])('asks for %s', (_, desired, actual, changes) => {
    expect(planMac(desired, actual)).toEqual(changes);
  });
});
