import type { ExportedMac } from '@l2gw/contracts';
import { type IpAddress, parseIp, parseMac } from '@l2gw/l2';
import { peerRow, stretchRow } from '../../test/peer-rows.js';
import { resolveImport } from './resolve-import.js';

const PEER = peerRow({
  limits: { macs: 10, ips: 3, total: 10 },
  exportRules: [{ action: 'reject' }],
  importRules: [{ action: 'reject', mac: 'fa:16:3e' }],
});
const STRETCH = stretchRow({ subnets: ['10.1.0.0/16', '2001:db8::/64'], routerMacs: [parseMac('02:00:00:00:00:fe')] });
const MAC = '02:00:00:00:00:01';

const row = (mac: string, ips: readonly string[] = []): ExportedMac => ({
  mac: parseMac(mac),
  sequence: 3,
  ips: ips.map(parseIp),
  kind: 'port',
});

describe('Of what a peer says', () => {
  it.each([
    ['02:00:00:00:00:fe', 'own_mac'],
    ['01:00:5e:00:00:01', 'multicast'],
    ['ff:ff:ff:ff:ff:ff', 'multicast'],
    ['00:00:00:00:00:00', 'multicast'],
    ['fa:16:3e:00:00:01', 'policy'],
  ])('the MAC %s is refused: %s', (mac, reason) => {
    expect(resolveImport(PEER, STRETCH, ['192.0.2.1'])(row(mac))).toEqual({ refused: [reason] });
  });

  it('a MAC is accepted with what else is said of it', () => {
    const said: ExportedMac = { ...row(MAC, ['10.1.0.5', '2001:db8::5']), static: true };
    expect(resolveImport(PEER, STRETCH, ['192.0.2.1'])(said)).toEqual({ row: said, refused: [] });
  });

  it('nothing is accepted if it says that it is elsewhere than our remote gateway', () => {
    expect(resolveImport(PEER, STRETCH, ['192.0.2.9'])(row(MAC))).toEqual({ refused: ['bad_vtep'] });
    expect(resolveImport(PEER, STRETCH, ['192.0.2.9', '192.0.2.1'])(row(MAC)).row).toBeDefined();
    expect(resolveImport(PEER, STRETCH, [])(row(MAC)).row).toBeDefined();
  });

  it.each(
    ['10.2.0.1', '169.254.1.1', '224.0.0.5', '255.255.255.255', '127.0.0.1', '0.0.0.0'].concat([
      '::1',
      '::',
      'ff02::1',
      '::ffff:10.1.0.5',
      '2001:db9::1',
    ]),
  )('the IP %s is refused, its MAC is not', (ip) => {
    const { row: accepted, refused } = resolveImport(PEER, STRETCH, [])(row(MAC, ['10.1.0.5', ip]));
    expect(accepted?.ips).toEqual(['10.1.0.5']);
    expect(refused).toEqual(['subnet']);
  });

  it('what is said of single IPs is accepted with these', () => {
    const [good, bad] = ['10.1.0.5', '10.2.0.1'].map(parseIp) as [IpAddress, IpAddress];
    const flags = (...ips: IpAddress[]) => ({
      ...{ ips, immutable: ips, routers: ips },
      moved: ips.map((ip) => ({ ip, sequence: 4 })),
    });
    expect(resolveImport(PEER, STRETCH, [])({ ...row(MAC), ...flags(good, bad) }).row).toEqual({
      ...row(MAC),
      ...flags(good),
    });
  });

  it('IPv6 link-local addresses are accepted, for routers are found by them', () => {
    expect(resolveImport(PEER, STRETCH, [])(row(MAC, ['fe80::1'])).row?.ips).toEqual(['fe80::1']);
  });

  it('IPs of any subnet are accepted for a network that has none, and nobody’s are not', () => {
    const resolve = resolveImport(PEER, { ...STRETCH, subnets: [] }, []);
    expect(resolve(row(MAC, ['198.51.100.1', '2001:db9::1', '169.254.1.1'])).row?.ips).toEqual([
      '198.51.100.1',
      '2001:db9::1',
    ]);
  });

  it('every IP is accepted where the operator has switched the check off', () => {
    const resolve = resolveImport({ ...PEER, checkSubnets: false }, STRETCH, []);
    expect(resolve(row(MAC, ['169.254.1.1', '10.2.0.1']))).toMatchObject({ refused: [] });
  });

  it('a MAC has no more IPs than it may', () => {
    const many = ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4'];
    const { row: accepted, refused } = resolveImport(PEER, STRETCH, [])(row(MAC, many));
    expect(accepted?.ips).toEqual(many.slice(0, 3));
    expect(refused).toEqual(['limit']);
  });
});
