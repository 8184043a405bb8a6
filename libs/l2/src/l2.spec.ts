import { byFamily, isStation, parseIp, parseMac, parseVlan, parseVni, parseVtepIp } from './index.js';

describe('The words of the field as types', () => {
  it.each(['02:00:00:AA:00:01', '02-00-00-aa-00-01', '0200.00aa.0001', '020000AA0001'])(
    'reads the MAC address %s',
    (text) => {
      expect(parseMac(text)).toBe('02:00:00:aa:00:01');
    },
  );

  it.each(['', 'hello', '02:00:00:00:00', '02:00:00:00:00:0g', '02:00:00:00:00:00:00'])(
    'refuses %j as a MAC address',
    (text) => {
      expect(() => parseMac(text)).toThrow(/not a MAC address/);
    },
  );

  it('knows which addresses a station can have', () => {
    expect(isStation(parseMac('02:00:00:00:00:01'))).toBe(true);
    expect(isStation(parseMac('01:00:5e:00:00:01'))).toBe(false);
    expect(isStation(parseMac('00:00:00:00:00:00'))).toBe(false);
  });

  it('writes IPv6 addresses in one way', () => {
    expect(parseIp('2001:DB8:0:0:0:0:0:1')).toBe('2001:db8::1');
    expect(parseIp('192.0.2.1')).toBe('192.0.2.1');
    expect(() => parseIp('192.0.2.256')).toThrow(/not an IP address/);
    expect(() => parseIp('fe80::1%eth0')).toThrow(/not an IP address/);
  });

  it('accepts only IPv4 for a VTEP', () => {
    expect(parseVtepIp('10.0.0.1')).toBe('10.0.0.1');
    expect(() => parseVtepIp('2001:db8::1')).toThrow(/VTEP/);
    expect(() => parseVtepIp('0.0.0.0')).toThrow(/VTEP/);
  });

  it('puts IPv4 first when one address must be chosen', () => {
    expect([parseIp('2001:db8::1'), parseIp('192.0.2.9'), parseIp('192.0.2.10')].sort(byFamily)[0]).toBe('192.0.2.10');
  });

  it('keeps VNIs to 24 bits and VLANs below 4095', () => {
    expect(parseVni(16777215)).toBe(16777215);
    expect(parseVlan(0)).toBe(0);
    for (const vni of [0, -1, 16777216, 1.5, NaN]) expect(() => parseVni(vni)).toThrow(RangeError);
    for (const vlan of [-1, 4095, 1.5, NaN]) expect(() => parseVlan(vlan)).toThrow(RangeError);
  });
});
