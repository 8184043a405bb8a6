import { parseIp } from '@l2gw/l2';
import { addressOf, contains, numberOf, parseCidr } from './address-range.js';

describe('An address range', () => {
  it.each([
    ['10.0.0.0/24', '10.0.0.0', '10.0.0.255', '10.0.0.0/24'],
    ['10.0.0.77/30', '10.0.0.76', '10.0.0.79', '10.0.0.76/30'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255', '0.0.0.0/0'],
    ['192.0.2.1/32', '192.0.2.1', '192.0.2.1', '192.0.2.1/32'],
    ['2001:DB8::5/64', '2001:db8::', '2001:db8::ffff:ffff:ffff:ffff', '2001:db8::/64'],
    ['::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::/0'],
  ])('%s goes from %s to %s and is written %s', (given, first, last, text) => {
    const cidr = parseCidr(given);
    expect([addressOf(cidr.first, cidr.version), addressOf(cidr.last, cidr.version), cidr.text]).toEqual([
      first,
      last,
      text,
    ]);
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0/8', '2001:db8::/129', ' 10.0.0.0/8', 'x/8', '10.0.0.0/8/8'])(
    'is not %j',
    (text) => {
      expect(() => parseCidr(text)).toThrow(RangeError);
    },
  );

  it.each(['0.0.0.0', '255.255.255.255', '10.1.2.3', '::', '::1', '1::', '2001:db8::1:0:0:1', 'fe80::5054:ff:fe00:1'])(
    'finds the number of %s, and back',
    (text) => {
      expect(addressOf(numberOf(parseIp(text)), text.includes(':') ? 6 : 4)).toBe(text);
    },
  );

  it('contains its ends and nothing beyond', () => {
    const cidr = parseCidr('10.0.0.0/30');
    const inside = ['9.255.255.255', '10.0.0.0', '10.0.0.3', '10.0.0.4'].map((ip) => contains(cidr, parseIp(ip)));
    expect(inside).toEqual([false, true, true, false]);
  });
});
