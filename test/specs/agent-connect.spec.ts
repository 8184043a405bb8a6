import { networkTable, switchTable } from '@l2gw/contracts';
import { Connection, parseEndpoint } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import {
  expectW1,
  locators,
  LOGICAL_SWITCH,
  M1,
  M2,
  N1,
  placeW1,
  VTEP_1,
  VTEP_2,
  W1,
  wantW1,
} from './support/wanted.js';

describe('A network that is connected to a switch', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  const macRows = () => world.foreigner.ids('Ucast_Macs_Remote');

  it('comes in one transaction: no reader ever sees half of it', async () => {
    await world.startConverged();
    const seen: (readonly string[])[] = [];
    const observer = new Connection({
      endpoint: parseEndpoint(world.tor.unixEndpoint),
      dbName: 'hardware_vtep',
      selection: {
        Logical_Switch: ['name'],
        Physical_Port: ['vlan_bindings'],
        Ucast_Macs_Remote: ['MAC'],
        Mcast_Macs_Remote: ['MAC'],
      },
    });
    observer.start();
    await eventually(() => expect(observer.live).toBeDefined());
    observer.replica.onChange(({ changes }) => seen.push(changes.map((each) => each.table).sort()));
    await wantW1(world);
    await expectW1(world);
    await observer.stop();
    expect(seen).toEqual([
      ['Logical_Switch', 'Mcast_Macs_Remote', 'Physical_Port', 'Ucast_Macs_Remote', 'Ucast_Macs_Remote'],
    ]);
  });

  it('is gone byte for byte when it is disconnected, and confirmed no more', async () => {
    const before = await world.tor.server.dump();
    await world.startConverged();
    await wantW1(world);
    expect(await world.tor.server.dump()).not.toBe(before);
    world.want(N1, undefined);
    await eventually(async () => expect(await world.tor.server.dump()).toBe(before));
    await eventually(() => expect(world.confirmation(N1)).toBeUndefined());
  });

  it('costs no write when it is published again and again', async () => {
    await world.startConverged();
    await wantW1(world);
    const writes = await world.writesDuring(N1, async () => {
      for (let times = 0; times < 100; times += 1) {
        world.want(N1, { ...W1 });
        placeW1(world);
      }
      world.tables.raiseEpoch();
      world.want(N1, { ...W1, bindings: [...W1.bindings] });
    });
    expect(writes).toEqual([]);
    await expectW1(world);
  });

  it('is bound to a second port by one more binding, and stays when the first is taken away', async () => {
    await world.startConverged();
    await wantW1(world);
    const rows = await macRows();
    const both = { ...W1, bindings: [...W1.bindings, { port: 'Ethernet2', vlan: 200 }] };
    world.want(N1, both);
    await world.applied(N1, both);
    expect(await world.tor.vlanBindings('Ethernet2')).toEqual([{ vlan: 200, logicalSwitch: N1, vni: 5001 }]);
    await expectW1(world);
    const second = { ...W1, bindings: [{ port: 'Ethernet2', vlan: 200 }] };
    world.want(N1, second);
    await world.applied(N1, second);
    expect(await world.tor.vlanBindings('Ethernet1')).toEqual([]);
    expect(await world.tor.vlanBindings('Ethernet2')).toHaveLength(1);
    expect(await macRows()).toEqual(rows);
  });

  it('gets another VNI or description in place', async () => {
    await world.startConverged();
    await wantW1(world);
    const rows = [
      await macRows(),
      await world.foreigner.ids('Logical_Switch'),
      await world.foreigner.ids('Mcast_Macs_Remote'),
    ];
    const changed = { ...W1, vni: 5002, name: 'renamed' };
    world.want(N1, changed);
    await world.applied(N1, changed);
    expect(await world.tor.logicalSwitches()).toEqual([{ ...LOGICAL_SWITCH, vni: 5002, description: 'renamed' }]);
    expect([
      await macRows(),
      await world.foreigner.ids('Logical_Switch'),
      await world.foreigner.ids('Mcast_Macs_Remote'),
    ]).toEqual(rows);
  });

  it('is the same in whatever order its parts arrive', async () => {
    await world.startConverged();
    const parts = [
      () => world.want(N1, W1),
      () => world.place(N1, { [M1]: { vtep: VTEP_1, ips: ['10.1.0.11'] }, [M2]: { vtep: VTEP_2 } }),
      () => world.flood(N1, [VTEP_1, VTEP_2]),
    ];
    const before = await world.tor.server.dump();
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      for (const part of order) {
        parts[part]?.();
        await world.bus.flush();
      }
      await eventually(() => expectW1(world));
      world.write(switchTable.table(world.client), [{ key: N1 }]);
      await eventually(async () => expect(await world.tor.server.dump()).toBe(before));
      world.publishRemoval(networkTable.table(N1));
    }
  });

  it('has no flood row while nobody is to be flooded to', async () => {
    await world.startConverged();
    world.place(N1, {});
    world.want(N1, W1);
    await world.applied(N1, W1);
    expect(await world.foreigner.ids('Mcast_Macs_Remote')).toEqual([]);
    expect(await locators(world.tor)).toEqual([]);
  });

  it('loses its flood row with the last member, and floods to a changed set through the same row', async () => {
    await world.startConverged();
    await wantW1(world);
    const [row] = await world.foreigner.ids('Mcast_Macs_Remote');
    world.flood(N1, [], [VTEP_2]);
    await eventually(async () => expect(await world.tor.floodSet(N1)).toEqual([VTEP_1]));
    expect(await world.foreigner.ids('Mcast_Macs_Remote')).toEqual([row]);
    world.flood(N1, [], [VTEP_1]);
    await eventually(async () => expect(await world.foreigner.ids('Mcast_Macs_Remote')).toEqual([]));
    expect(await world.foreigner.ids('Physical_Locator_Set')).toEqual([]);
  });

  it('never floods or points to the switch itself, also when the switch changes its tunnel IP', async () => {
    await world.startConverged();
    await wantW1(world);
    world.flood(N1, ['10.0.0.1']);
    world.place(N1, { '02:00:00:00:00:03': { vtep: '10.0.0.1' } });
    expect(await world.writesDuring(N1, async () => undefined)).toEqual([]);
    await expectW1(world);
    await world.tor.setTunnelIps([VTEP_1]);
    await eventually(async () => {
      expect(await world.tor.floodSet(N1)).toEqual(['10.0.0.1', VTEP_2]);
      expect((await world.tor.remoteMacs(N1)).map(({ mac, vtepIp }) => [mac, vtepIp])).toEqual([
        [M2, VTEP_2],
        ['02:00:00:00:00:03', '10.0.0.1'],
      ]);
    });
  });

  it('of ten thousand MACs on twenty VTEPs is filled whole, and emptied whole', async () => {
    const before = await world.tor.server.dump();
    await world.startConverged();
    const macs = Array.from({ length: 10_000 }, (_, n) => `02:00:00:00:${hex(n >> 8)}:${hex(n)}`);
    const vtep = (n: number) => `192.0.2.${1 + (n % 20)}`;
    world.place(
      N1,
      Object.fromEntries(macs.map((mac, n) => [mac, { vtep: vtep(n), ips: [`10.1.${n >> 8}.${n & 255}`] }])),
    );
    world.want(N1, W1);
    await world.applied(N1, W1);
    const rows = await world.tor.remoteMacs(N1);
    expect(rows.map((row) => row.mac)).toEqual(macs);
    expect(rows.every((row, n) => row.vtepIp === vtep(n) && row.ip === `10.1.${n >> 8}.${n & 255}`)).toBe(true);
    world.want(N1, undefined);
    await eventually(async () => expect(await world.tor.server.dump()).toBe(before));
  });
});

function hex(byte: number): string {
  return (byte & 255).toString(16).padStart(2, '0');
}
