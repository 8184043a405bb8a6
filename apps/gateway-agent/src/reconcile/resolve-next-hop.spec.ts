import type { MacRow, RemoteRow } from '@l2gw/contracts';
import { parseIp, parseMac, parseVni, parseVtepIp } from '@l2gw/l2';
import { type Locator, locatorTo } from '../switch/locator.js';
import { resolveFloodSet, resolveNextHop, type Standpoint } from './resolve-next-hop.js';

const MAC = '02:00:00:00:00:01';
const VNI = parseVni(5000);
const FAR = locatorTo('198.51.100.1', 9765);

const row = (mac: string, vtep: string, ...ips: string[]): MacRow => ({
  row: 'mac',
  mac: parseMac(mac),
  vtep: parseVtepIp(vtep),
  ips: ips.map(parseIp),
  kind: 'port',
});
const beyond = (connection: string, mac = MAC): MacRow => ({
  row: 'mac',
  mac: parseMac(mac),
  connection,
  ips: [],
  kind: 'static',
});
const remote = (borders: readonly string[], relays: readonly string[] = []): RemoteRow => ({
  row: 'remote',
  connection: 'c1',
  vtep: parseVtepIp('198.51.100.1'),
  vni: parseVni(9765),
  borders: borders.map(parseVtepIp),
  relays: relays.map(parseVtepIp),
});
const from = (ways: Readonly<Record<string, Locator | undefined>> = {}, remotes?: RemoteRow): Standpoint => ({
  ownVteps: new Set(['10.0.0.1', '10.0.0.2']),
  vni: VNI,
  tunnels: { ways: new Map(Object.entries(ways)), flood: [] },
  remote: (connection) => (connection === 'c1' ? remotes : undefined),
});
const hop = (mac: MacRow, standpoint: Standpoint) => {
  const entry = resolveNextHop(mac, standpoint);
  return typeof entry === 'object' ? entry.locator : entry;
};

describe('The next hop of a MAC', () => {
  it.each([
    ['is its VTEP', row(MAC, '192.0.2.1'), { mac: MAC, locator: '192.0.2.1', ip: '' }],
    ['is none behind any of the switch’s own VTEPs', row(MAC, '10.0.0.2'), undefined],
    [
      'comes with the first IPv4',
      row(MAC, '192.0.2.1', '2001:db8::1', '10.1.0.2', '10.1.0.1'),
      { mac: MAC, locator: '192.0.2.1', ip: '10.1.0.1' },
    ],
    [
      'comes with the first IPv6 if there is no IPv4',
      row(MAC, '192.0.2.1', '2001:db8::2', '2001:db8::1'),
      { mac: MAC, locator: '192.0.2.1', ip: '2001:db8::1' },
    ],
  ])('%s', (_, mac, expected) => {
    expect(resolveNextHop(mac, from())).toEqual(expected);
  });
});

describe('The next hop of a MAC behind a remote gateway connection', () => {
  it('is the remote gateway, for a switch that has the connection', () => {
    expect(hop(beyond('c1'), from({ c1: FAR }))).toBe(FAR);
  });

  it('is the remote gateway, too, through another connection to the same remote network', () => {
    expect(hop(beyond('c1'), from({ c2: FAR }, remote(['192.0.2.7'])))).toBe(FAR);
  });

  it('is nobody for a switch that has it and cannot use it', () => {
    expect(hop(beyond('c1'), from({ c1: undefined }, remote(['10.0.0.1'])))).toBeUndefined();
  });

  it('is left open until the switch knows what the connection is, or that it has it', () => {
    expect(hop(beyond('c1'), from())).toBe('leave');
    expect(hop(beyond('c1'), from({}, remote(['10.0.0.1'])))).toBe('leave');
  });

  it('is nobody for any other switch, unless one that has it passes frames on', () => {
    expect(hop(beyond('c1'), from({}, remote(['192.0.2.7'])))).toBeUndefined();
    expect(hop(beyond('c1'), from({}, remote(['192.0.2.7', '192.0.2.8'], ['192.0.2.8'])))).toBe('192.0.2.8');
  });

  it('is spread over those that pass frames on, and moves only if its own one goes', () => {
    const all = ['192.0.2.7', '192.0.2.8', '192.0.2.9'];
    const macs = Array.from(
      { length: 300 },
      (_, n) => `02:00:00:00:${(n >> 8).toString(16)}0:${(n & 255).toString(16).padStart(2, '0')}`,
    );
    const before = macs.map((mac) => hop(beyond('c1', mac), from({}, remote(all, all))));
    const after = macs.map((mac) => hop(beyond('c1', mac), from({}, remote(all, all.slice(1)))));
    for (const relay of all) expect(before.filter((each) => each === relay).length).toBeGreaterThan(60);
    macs.forEach((_, n) => before[n] !== all[0] && expect(after[n]).toBe(before[n]));
    expect(after).not.toContain(all[0]);
  });
});

describe('The flood set of a switch', () => {
  it('is everybody but the switch itself, and the remote gateways that want it, in one order', () => {
    const members = ['192.0.2.2', '10.0.0.1', '192.0.2.1'].map(parseVtepIp);
    const standpoint: Standpoint = { ...from(), tunnels: { ways: new Map(), flood: [FAR] } };
    expect(resolveFloodSet(members, standpoint)).toEqual(['192.0.2.1', '192.0.2.2', FAR]);
  });
});
