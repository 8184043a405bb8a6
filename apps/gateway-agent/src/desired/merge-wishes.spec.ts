import type { LogicalSwitchRow } from '@l2gw/contracts';
import { parseVlan, parseVni, parseVtepIp } from '@l2gw/l2';
import { mergeWishes } from './merge-wishes.js';

const on = (port: string) => ({ port, vlan: parseVlan(100) });
const row = (more: Partial<LogicalSwitchRow> = {}): LogicalSwitchRow => ({
  vni: parseVni(5001),
  name: 'n1',
  replication: 'source_node',
  bindings: [on('eth1')],
  ...more,
});
const wish = (name: string, more: Partial<LogicalSwitchRow> = {}) => ({
  switch: name,
  wish: { kind: 'wish', hash: `hash of ${name}`, row: row(more) } as const,
});
const tunnel = (connection: string, vtep: string) => ({
  connection,
  vtep: parseVtepIp(vtep),
  vni: parseVni(5001),
  flood: true,
});
const merged = (...wishes: Parameters<typeof mergeWishes>[0]) => mergeWishes(wishes);

describe('What the switches of one database want of a network', () => {
  it('is nothing when none wants it, and what one wants when it is alone', () => {
    expect(merged()).toBeUndefined();
    expect(merged(wish('tor1'))).toEqual({
      kind: 'wish',
      rows: new Map([['tor1', { hash: 'hash of tor1' }]]),
      row: { ...row(), bindings: [{ switch: 'tor1', ...on('eth1') }] },
    });
  });

  it('has the bindings of each on its own ports, also where ports have the same name', () => {
    expect(merged(wish('tor1'), wish('tor2', { bindings: [on('eth1'), on('eth2')] }))).toMatchObject({
      row: {
        bindings: [
          { switch: 'tor1', ...on('eth1') },
          { switch: 'tor2', ...on('eth1') },
          { switch: 'tor2', ...on('eth2') },
        ],
      },
    });
  });

  it('has the remote gateway connections of all, each once, and only capabilities that all have', () => {
    const [a, b] = [tunnel('a', '192.0.2.8'), tunnel('b', '192.0.2.9')];
    const tor1 = wish('tor1', { remotes: [a], capabilities: ['tunnel_key', 'relays_unicast'] });
    const tor2 = wish('tor2', { remotes: [a, b], capabilities: ['tunnel_key'] });
    expect(merged(tor1, tor2)).toMatchObject({ row: { remotes: [a, b], capabilities: ['tunnel_key'] } });
  });

  it('has room for as many MACs as the smallest', () => {
    expect(merged(wish('tor1', { maxMacs: 32_000 }), wish('tor2', { maxMacs: 1000 }))).toMatchObject({
      row: { maxMacs: 1000 },
    });
  });

  it('follows the first where there can be only one setting, and says so of the other', () => {
    const tor2 = wish('tor2', { replication: 'service_node', serviceNodes: [parseVtepIp('192.0.2.1')] });
    const both = merged(wish('tor1'), tor2);
    expect(both).toMatchObject({ row: { replication: 'source_node' } });
    expect(both?.rows.get('tor1')).toEqual({ hash: 'hash of tor1' });
    expect(both?.rows.get('tor2')).toEqual({
      hash: 'hash of tor2',
      overruled: 'tor1 (replication, serviceNodes)',
    });
  });

  it('does not count as met for a switch whose row is of another VNI, for it is older or newer', () => {
    const both = merged(wish('tor1'), wish('tor2', { vni: parseVni(5002) }));
    expect(both).toMatchObject({ row: { vni: 5001 } });
    expect(both?.rows.get('tor2')).toEqual({ hash: 'hash of tor2', isOther: true });
  });

  it('cannot be understood when one of them cannot', () => {
    const unreadable = { switch: 'tor2', wish: { kind: 'unreadable', hash: 'h2', reason: 'no vni' } as const };
    expect(merged(wish('tor1'), unreadable)).toEqual({
      kind: 'unreadable',
      rows: new Map([
        ['tor1', { hash: 'hash of tor1' }],
        ['tor2', { hash: 'h2' }],
      ]),
      reason: 'no vni',
    });
  });
});
