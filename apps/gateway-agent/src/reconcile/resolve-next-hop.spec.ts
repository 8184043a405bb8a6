import type { MacRow } from '@l2gw/contracts';
import { parseIp, parseMac, parseVtepIp } from '@l2gw/l2';
import { resolveFloodSet, resolveNextHop } from './resolve-next-hop.js';

const row = (mac: string, vtep: string, ...ips: string[]): MacRow => ({
  row: 'mac',
  mac: parseMac(mac),
  vtep: parseVtepIp(vtep),
  ips: ips.map(parseIp),
  kind: 'port',
});
const OWN = new Set(['10.0.0.1', '10.0.0.2']);
const MAC = '02:00:00:00:00:01';

describe('The next hop of a MAC', () => {
  it.each([
    ['is its VTEP', row(MAC, '192.0.2.1'), { mac: MAC, vtep: '192.0.2.1', ip: '' }],
    ['is none behind any of the switch’s own VTEPs', row(MAC, '10.0.0.2'), undefined],
    [
      'comes with the first IPv4',
      row(MAC, '192.0.2.1', '2001:db8::1', '10.1.0.2', '10.1.0.1'),
      { mac: MAC, vtep: '192.0.2.1', ip: '10.1.0.1' },
    ],
    [
      'comes with the first IPv6 if there is no IPv4',
      row(MAC, '192.0.2.1', '2001:db8::2', '2001:db8::1'),
      { mac: MAC, vtep: '192.0.2.1', ip: '2001:db8::1' },
    ],
  ])('%s', (_, from, expected) => {
    expect(resolveNextHop(from, OWN)).toEqual(expected);
  });
});

describe('The flood set of a switch', () => {
  it('is everybody but the switch itself, in one order', () => {
    const members = ['192.0.2.2', '10.0.0.1', '192.0.2.1'].map(parseVtepIp);
    expect(resolveFloodSet(members, OWN)).toEqual(['192.0.2.1', '192.0.2.2']);
  });
});
