import { eventually } from '../harness/eventually.js';
import { startTcpProxy } from '../harness/tcp-proxy.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { expectW1, LOGICAL_SWITCH, M1, N1, N2, placeW1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

describe('Beside others who write to the switch, the agent', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  const want = () => {
    placeW1(world);
    world.want(N1, W1);
  };
  const macIds = (mac: string) => world.foreigner.ids('Ucast_Macs_Remote', [['MAC', '==', mac]]);

  it('takes no VLAN that somebody has bound, says whose it is, and heals when he leaves', async () => {
    await world.foreigner.addLogicalSwitch('theirs', 9);
    await world.foreigner.bind('Ethernet1', 100, 'theirs');
    const before = await world.tor.server.dump();
    await world.startConverged();
    want();
    await world.failed(N1, 'CONFLICT', /VLAN 100 of port Ethernet1 .* logical switch theirs/);
    const foreign = [{ vlan: 100, logicalSwitch: 'theirs' }];
    await eventually(() => expect(world.report('port/Ethernet1')).toMatchObject({ foreign }));
    expect(await world.tor.server.dump()).toBe(before);
    await world.foreigner.unbind('Ethernet1', 100);
    await world.applied(N1, W1);
    expect(await world.tor.vlanBindings('Ethernet1')).toEqual([{ vlan: 100, logicalSwitch: N1, vni: 5001 }]);
    await eventually(() => expect(world.report('port/Ethernet1')).toMatchObject({ foreign: [] }));
  });

  it('makes the bindings that can be made, and names the one that cannot', async () => {
    await world.foreigner.addLogicalSwitch('theirs');
    await world.foreigner.bind('Ethernet1', 100, 'theirs');
    await world.startConverged();
    placeW1(world);
    world.want(N1, { ...W1, bindings: [...W1.bindings, { port: 'Ethernet2', vlan: 100 }] });
    await world.failed(N1, 'CONFLICT', /Ethernet1/);
    await eventually(async () => expect(await world.tor.vlanBindings('Ethernet2')).toHaveLength(1));
    await eventually(async () => expect(await world.tor.remoteMacs(N1)).toHaveLength(2));
  });

  it('writes nothing of a network whose VNI somebody has, and everything when he gives it back', async () => {
    await world.foreigner.addLogicalSwitch('theirs', 5001);
    const before = await world.tor.server.dump();
    await world.startConverged();
    want();
    await world.failed(N1, 'VNI_IN_USE', /5001 .*theirs/);
    expect(await world.tor.server.dump()).toBe(before);
    await world.foreigner.deleteLogicalSwitch('theirs');
    await world.applied(N1, W1);
    await expectW1(world);
  });

  it('does not adopt somebody else’s logical switch that has the network’s name', async () => {
    await world.foreigner.addLogicalSwitch(N1, 7);
    const before = await world.tor.server.dump();
    await world.startConverged();
    want();
    await world.failed(N1, 'CONFLICT', /named/);
    expect(await world.tor.server.dump()).toBe(before);
    await world.foreigner.updateLogicalSwitch(N1, { name: 'moved away' });
    await world.applied(N1, W1);
  });

  it('restores a MAC that somebody deleted, and removes one that he added', async () => {
    await world.startConverged();
    await wantW1(world);
    await world.foreigner.deleteRemoteMac(M1);
    await eventually(() => expectW1(world));
    await world.foreigner.addRemoteMac(N1, '02:00:00:00:00:99', VTEP_2);
    await eventually(() => expectW1(world));
  });

  it('restores a binding that was taken away; one that was taken over is a conflict, and nobody fights', async () => {
    await world.startConverged();
    await wantW1(world);
    await world.foreigner.unbind('Ethernet1', 100);
    await eventually(() => expectW1(world));
    await world.foreigner.addLogicalSwitch('theirs');
    await world.foreigner.bind('Ethernet1', 100, 'theirs');
    await world.failed(N1, 'CONFLICT', /theirs/);
    await eventually(async () => expect(await world.tor.logicalSwitches()).toMatchObject([{ name: 'theirs' }]));
    const other = { vni: 5002, name: 'n2', bindings: [{ port: 'Ethernet2', vlan: 100 }] };
    world.place(N2, {});
    world.want(N2, other);
    await world.applied(N2, other);
    expect(await world.tor.vlanBindings('Ethernet1')).toMatchObject([{ vlan: 100, logicalSwitch: 'theirs' }]);
    await world.foreigner.unbind('Ethernet1', 100);
    await world.applied(N1, W1);
  });

  it('gives its renamed logical switch its name back, also if the mark was taken away; the row stays the same', async () => {
    await world.startConverged();
    await wantW1(world);
    const rows = await world.foreigner.ids('Logical_Switch');
    await world.foreigner.updateLogicalSwitch(N1, { name: 'x', description: 'y', tunnel_key: 1 });
    await eventually(async () => expect(await world.tor.logicalSwitches()).toEqual([LOGICAL_SWITCH]));
    await world.foreigner.updateLogicalSwitch(N1, { name: 'x', other_config: ['map', [['theirs', 'kept']]] });
    await eventually(async () =>
      expect(await world.tor.logicalSwitches()).toMatchObject([
        { name: N1, otherConfig: { ...LOGICAL_SWITCH.otherConfig, theirs: 'kept' } },
      ]),
    );
    expect(await world.foreigner.ids('Logical_Switch')).toEqual(rows);
  });

  it('finds the logical switch that was renamed while it was away', async () => {
    const agent = await world.startConverged();
    await wantW1(world);
    await agent.stop();
    const rows = await world.foreigner.ids('Logical_Switch');
    await world.foreigner.updateLogicalSwitch(N1, { name: 'x' });
    await world.startConverged();
    await expectW1(world);
    expect(await world.foreigner.ids('Logical_Switch')).toEqual(rows);
  });

  it('removes duplicates that it finds: of a MAC, in whatever spelling, and of the flood set', async () => {
    const agent = await world.startConverged();
    await wantW1(world);
    await agent.stop();
    const kept = await macIds(M1);
    await world.foreigner.addRemoteMac(N1, '02:00:00:00:00:0A', VTEP_1);
    await world.foreigner.addRemoteMac(N1, '02:00:00:00:00:0a', VTEP_2);
    await world.foreigner.addRemoteMac(N1, M1, VTEP_2);
    await world.foreigner.addRemoteMac(N1, 'hello', VTEP_2);
    await world.foreigner.addFloodRow(N1, VTEP_1);
    await world.startConverged();
    await expectW1(world);
    expect(await macIds(M1)).toEqual(kept);
    expect(await world.foreigner.ids('Mcast_Macs_Remote')).toHaveLength(1);
  });

  it('points to the locator without a tunnel key, not to somebody’s with one', async () => {
    const own = { encapsulation_type: 'vxlan_over_ipv4', dst_ip: VTEP_1, tunnel_key: 7 };
    await world.foreigner.addLogicalSwitch('theirs');
    await world.tor.server.transact([
      { op: 'insert', table: 'Physical_Locator', 'uuid-name': 'keyed', row: own },
      { op: 'insert', table: 'Logical_Switch', 'uuid-name': 'ls', row: { name: 'also theirs' } },
      {
        op: 'insert',
        table: 'Ucast_Macs_Remote',
        row: { MAC: 'aa:aa:aa:aa:aa:aa', logical_switch: ['named-uuid', 'ls'], locator: ['named-uuid', 'keyed'] },
      },
    ]);
    await world.startConverged();
    await wantW1(world);
    expect(await world.tor.remoteMacs(N1)).toMatchObject([
      { mac: M1, vtepIp: VTEP_1, tunnelKey: undefined },
      { vtepIp: VTEP_2, tunnelKey: undefined },
    ]);
    const [keyless] = await world.foreigner.ids('Physical_Locator', [
      ['tunnel_key', '==', ['set', []]],
      ['dst_ip', '==', VTEP_1],
    ]);
    await world.tor.server.transact([
      { op: 'update', table: 'Physical_Locator', where: [['_uuid', '==', ['uuid', keyless]]], row: { tunnel_key: 8 } },
    ]);
    await eventually(async () =>
      expect(await world.tor.remoteMacs(N1)).toMatchObject([{ tunnelKey: undefined }, { tunnelKey: undefined }]),
    );
    expect(await world.tor.floodSet(N1)).toEqual([VTEP_1, VTEP_2]);
  });

  it.each([
    ['loses a race for its VLAN without harm to the winner', 100],
    ['is not disturbed by somebody who binds another VLAN of the port in the same moment', 300],
  ])('%s', async (_, vlan) => {
    await world.foreigner.addLogicalSwitch('theirs');
    const proxy = await startTcpProxy({ port: world.tor.server.tcpPort });
    await world.startConverged(`tcp:127.0.0.1:${proxy.port}`);
    proxy.pause('toClient');
    await world.foreigner.bind('Ethernet1', vlan, 'theirs');
    const writes = await world.watchWrites();
    want();
    await eventually(async () => expect(world.tables.rowsOf(`network/${N1}`).size).toBe(4));
    const held = new Promise<void>((resolve) => {
      proxy.filter((chunk, direction) => {
        if (direction === 'toServer' && chunk.includes('vlan_bindings')) resolve();
        return chunk;
      });
    });
    await held;
    proxy.resume();
    if (vlan === 100) await world.failed(N1, 'CONFLICT', /theirs/);
    else await world.applied(N1, W1);
    const bindings = await world.tor.vlanBindings('Ethernet1');
    expect(bindings).toContainEqual({ vlan, logicalSwitch: 'theirs', vni: undefined });
    expect(bindings).toHaveLength(vlan === 100 ? 1 : 2);
    if (vlan === 100) expect(writes.seen).toEqual([]);
    await writes.stop();
    await proxy.stop();
  });
});
