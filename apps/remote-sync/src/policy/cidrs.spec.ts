import { parseIp } from '@l2gw/l2';
import { Cidrs } from './cidrs.js';

describe('A set of networks', () => {
  it.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['192.0.2.128/25', '192.0.2.128', true],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.77/25', '192.0.2.1', true],
    ['203.0.113.9/32', '203.0.113.9', true],
    ['203.0.113.9/32', '203.0.113.8', false],
    ['240.0.0.0/4', '255.255.255.255', true],
    ['0.0.0.0/0', '198.51.100.1', true],
    ['2001:db8::/32', '2001:db8::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::/0', '198.51.100.1', false],
    ['0.0.0.0/0', '2001:db8::1', false],
  ])('%s: %s is in it: %s', (network, ip, expected) => {
    expect(new Cidrs([network]).contains(parseIp(ip))).toBe(expected);
  });

  it.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/x', '10.0.0/8', '', 'fe80::/129'])(
    'has nothing in it if it is %j',
    (text) => {
      const ips = ['10.0.0.1', 'fe80::1', '0.0.0.0'].map(parseIp);
      expect(ips.filter((ip) => new Cidrs([text]).contains(ip))).toEqual([]);
    },
  );
});
