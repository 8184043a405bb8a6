import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { expectW1, N1, N2, placeW1, VTEP_1, VTEP_2, W1 } from './support/wanted.js';

const STALE = '02:00:00:00:00:77';

describe('A logical switch that networking-l2gw has left', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  /** As networking-l2gw writes it: no mark, no flood row, MACs in capitals. */
  const left = async (vni: number): Promise<string> => {
    await world.foreigner.addLogicalSwitch(N1, vni);
    await world.foreigner.updateLogicalSwitch(N1, { description: 'theirs' });
    await world.foreigner.bind('Ethernet1', 100, N1);
    await world.foreigner.bind('Ethernet2', 300, N1);
    await world.foreigner.addRemoteMac(N1, '02:00:00:00:00:01'.toUpperCase(), VTEP_2);
    await world.foreigner.addRemoteMac(N1, STALE.toUpperCase(), VTEP_1);
    return uuid();
  };
  const uuid = async (): Promise<string> => {
    const [id, ...others] = await world.foreigner.ids('Logical_Switch', [['name', '==', N1]]);
    expect(others).toEqual([]);
    return id ?? '';
  };
  const want = (): void => {
    placeW1(world);
    world.want(N1, W1);
  };

  it('becomes ours in place, with what is wanted on it and nothing else, and an agent that is started again finds it so', async () => {
    const id = await left(W1.vni);
    await world.startConverged(undefined, undefined, { adopts: true });
    want();
    await world.applied(N1, W1);
    await eventually(() => expectW1(world));
    expect(await uuid()).toBe(id);
    expect(await world.tor.vlanBindings('Ethernet2')).toEqual([]);
    await world.stopAgents();
    const writes = await world.watchWrites();
    await world.startConverged();
    await world.applied(N1, W1);
    expect(writes.seen).toEqual([]);
  });

  it('stays theirs and is a conflict without the option', async () => {
    await left(W1.vni);
    const before = await world.tor.server.dump();
    await world.startConverged();
    want();
    await eventually(() => expect(world.confirmation(N1)).toMatchObject({ state: 'failed' }));
    expect(await world.tor.server.dump()).toBe(before);
  });

  it('stays theirs with another VNI, until it has ours', async () => {
    const id = await left(W1.vni + 1);
    const before = await world.tor.server.dump();
    await world.startConverged(undefined, undefined, { adopts: true });
    want();
    await world.failed(N1, 'CONFLICT', /named/);
    expect(await world.tor.server.dump()).toBe(before);
    await world.foreigner.updateLogicalSwitch(N1, { tunnel_key: W1.vni });
    await world.applied(N1, W1);
    expect(await uuid()).toBe(id);
  });

  it('stays theirs while nobody wants the network here, whatever else is written', async () => {
    const id = await left(W1.vni);
    await world.startConverged(undefined, undefined, { adopts: true });
    const other = { vni: 6000, name: 'other', bindings: [{ port: 'Ethernet3', vlan: 100 }] };
    world.place(N2, { [STALE]: { vtep: VTEP_1 } });
    world.want(N2, other);
    await world.applied(N2, other);
    expect(await uuid()).toBe(id);
    expect(await world.tor.remoteMacs(N1)).toHaveLength(2);
    expect(await world.tor.vlanBindings('Ethernet2')).toEqual([{ vlan: 300, logicalSwitch: N1, vni: W1.vni }]);
    expect(await world.tor.logicalSwitches()).toContainEqual(
      expect.objectContaining({ name: N1, description: 'theirs', otherConfig: {} }),
    );
  });

  it('is not taken for the network when a third one has its VNI', async () => {
    await left(W1.vni);
    await world.foreigner.addLogicalSwitch('third', W1.vni);
    const before = await world.tor.server.dump();
    await world.startConverged(undefined, undefined, { adopts: true });
    want();
    await world.failed(N1, 'VNI_IN_USE', /third/);
    expect(await world.tor.server.dump()).toBe(before);
  });
});
