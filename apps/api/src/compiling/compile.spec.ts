import { networkTable, switchTable } from '@l2gw/contracts';
import { parseIp, parseVtepIp } from '@l2gw/l2';
import { compileMac, compileRemote, compileVtep } from './compile-network.js';
import { type BoundNetwork, compileLogicalSwitch } from './compile-switch.js';

const BOUND: BoundNetwork = {
  name: 'n',
  vni: 5000,
  generation: '1.1',
  bindings: [],
  remotes: [],
  capabilities: [],
  settings: {},
};

describe('The compiler', () => {
  it('says where a MAC is, in a row that readers of the network table understand', () => {
    const row = compileMac([
      { kind: 'port', place: { vtep: parseVtepIp('10.0.0.11') }, ips: [parseIp('192.0.2.1')], claim: 1n },
    ]);
    expect(networkTable.decode('mac/02:00:00:00:00:01', row)).toEqual({
      row: 'mac',
      mac: '02:00:00:00:00:01',
      vtep: '10.0.0.11',
      ips: ['192.0.2.1'],
      kind: 'port',
    });
    expect(compileMac([])).toBeUndefined();
  });

  it('lets a VTEP belong to the flood set while a host or a switch there has the network', () => {
    expect(compileVtep(new Set())).toBeUndefined();
    expect(networkTable.decode('vtep/10.0.0.11', compileVtep(new Set(['host'])))).toMatchObject({
      row: 'vtep',
      kind: 'host',
    });
    expect(compileVtep(new Set(['host', 'switch']))).toEqual({ kind: 'switch' });
  });

  it('gives the bindings of a network on a switch in one order, so that equal facts make equal rows', () => {
    const bindings = [
      { port: 'Ethernet41', vlan: 50 },
      { port: 'Ethernet40', vlan: 60 },
      { port: 'Ethernet40', vlan: 50 },
    ];
    const row = compileLogicalSwitch({ ...BOUND, bindings }, 'source_node');
    expect(row).toEqual(compileLogicalSwitch({ ...BOUND, bindings: bindings.toReversed() }, 'source_node'));
    expect(switchTable.decode('id', row).bindings[0]).toEqual({ port: 'Ethernet40', vlan: 50 });
  });

  it('leaves no row of a network that is not bound on the switch', () => {
    expect(compileLogicalSwitch(undefined, 'source_node')).toBeUndefined();
    expect(compileLogicalSwitch(BOUND, 'source_node')).toBeUndefined();
  });

  it('leads a MAC behind a remote gateway connection there by the connection, which has a row of its own', () => {
    const connection = '31c20418-9cf2-4d47-b17e-d92906e3f248';
    const row = compileMac([{ kind: 'static', place: { connection }, ips: [], claim: 0n }]);
    expect(networkTable.decode('mac/02:00:00:00:00:01', row)).toMatchObject({ kind: 'static', connection });
    const stretched = {
      vtep: '198.51.100.1',
      vni: 9765,
      borders: [
        { vtep: '10.0.0.2', relays: true },
        { vtep: '10.0.0.1', relays: false },
      ],
    };
    expect(networkTable.decode(`remote/${connection}`, compileRemote(stretched))).toMatchObject({
      vni: 9765,
      borders: ['10.0.0.1', '10.0.0.2'],
      relays: ['10.0.0.2'],
    });
    expect(compileRemote(undefined)).toBeUndefined();
  });

  it('tells a switch its ways to other clouds in one order, and what it is declared capable of', () => {
    const remote = (connection: string) => ({
      ...{ connection, vtep: '198.51.100.1', vni: 9765, flood: true },
      ...{ onTunnelDown: null, tunnel: null },
    });
    const bound: BoundNetwork = {
      ...BOUND,
      bindings: [{ port: 'e', vlan: 1 }],
      remotes: [remote('c2'), remote('c1')],
      capabilities: ['tunnel_key', 'something'],
    };
    const row = switchTable.decode('id', compileLogicalSwitch(bound, 'source_node'));
    expect(row.remotes?.map((each) => each.connection)).toEqual(['c1', 'c2']);
    expect(row.capabilities).toEqual(['tunnel_key']);
    const single = compileLogicalSwitch({ ...bound, remotes: [] }, 'source_node');
    expect(Object.keys(single ?? {})).not.toEqual(expect.arrayContaining(['remotes']));
    expect(single?.capabilities).toEqual(['tunnel_key']);
  });

  it.each([
    ['keep', { state: 'down', fault: 'No Diagnostic' }, undefined],
    ['flush', { state: 'down', fault: '' }, true],
    ['flush', { state: 'init', fault: 'Neighbor Signaled Session Down' }, true],
    ['flush', { state: 'up', fault: '' }, undefined],
    ['flush', { state: 'admin_down', fault: 'No Diagnostic' }, undefined],
    ['flush', { state: '', fault: '' }, undefined],
    ['flush', null, undefined],
    [null, { state: 'down', fault: '' }, undefined],
  ] as const)(
    'takes the ways to a peer with the policy %s over a tunnel that is %j for down: %s',
    (onTunnelDown, tunnel, down) => {
      const way = { connection: 'c1', vtep: '198.51.100.1', vni: 9765, flood: true, onTunnelDown, tunnel };
      const row = compileLogicalSwitch({ ...BOUND, bindings: [{ port: 'e', vlan: 1 }], remotes: [way] }, 'source_node');
      expect(row?.remotes?.[0]?.down).toBe(down);
    },
  );
});
