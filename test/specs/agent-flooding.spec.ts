/** To whom a switch floods, and who makes the copies. */
import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld, type Wanted } from './support/agent-world.js';
import { LOGICAL_SWITCH, N1, placeW1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

const [NODE_1, NODE_2] = ['192.0.2.200', '192.0.2.201'];
const CANNOT = 'unsupported_source_node_replication';

describe('A switch', () => {
  let world: AgentWorld;
  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world.stop());

  const want = async (wanted: Wanted) => {
    placeW1(world);
    world.want(N1, wanted);
    await world.applied(N1, wanted);
  };
  const mode = async () => (await world.tor.logicalSwitches())[0]?.replicationMode;
  const floods = (to: readonly string[]) => eventually(async () => expect(await world.tor.floodSet(N1)).toEqual(to));

  it('that replicates through service nodes floods to them alone, whoever is in the network', async () => {
    await world.startConverged();
    await want({ ...W1, replication: 'service_node', serviceNodes: [NODE_1, NODE_2] });
    expect(await mode()).toBe('service_node');
    await floods([NODE_1, NODE_2]);
    await want({ ...W1, replication: 'service_node', serviceNodes: [NODE_2] });
    await floods([NODE_2]);
  });

  it('goes over from one way to the other in one transaction, and back', async () => {
    await world.startConverged();
    await wantW1(world);
    const service: Wanted = { ...W1, replication: 'service_node', serviceNodes: [NODE_1] };
    world.want(N1, service);
    await world.applied(N1, service);
    expect([await mode(), await world.tor.floodSet(N1)]).toEqual(['service_node', [NODE_1]]);
    world.want(N1, W1);
    await world.applied(N1, W1);
    expect([await mode(), await world.tor.floodSet(N1)]).toEqual(['source_node', [VTEP_1, VTEP_2]]);
    expect(await world.tor.logicalSwitches()).toEqual([LOGICAL_SWITCH]);
  });

  it('for which no service node is known floods nowhere, and says so; everything else is there', async () => {
    await world.startConverged();
    placeW1(world);
    world.want(N1, { ...W1, replication: 'service_node' });
    await eventually(() =>
      expect(world.confirmation(N1)).toMatchObject({ state: 'applied', problems: [{ code: 'SERVICE_NODE_MISSING' }] }),
    );
    expect(await world.tor.floodSet(N1)).toEqual([]);
    expect(await world.tor.remoteMacs(N1)).toHaveLength(2);
  });

  it('that says that it cannot replicate has service nodes do it until it says otherwise', async () => {
    await world.startConverged();
    await want({ ...W1, serviceNodes: [NODE_1] });
    await floods([VTEP_1, VTEP_2]);
    await world.tor.setSwitchFault([CANNOT]);
    await floods([NODE_1]);
    expect(await mode()).toBe('service_node');
    await eventually(() => expect(world.report('switch')).toMatchObject({ faults: [CANNOT] }));
    await world.tor.setSwitchFault([]);
    await floods([VTEP_1, VTEP_2]);
    expect(await mode()).toBe('source_node');
  });

  it('that honours one member has one, keeps it, and gets another when its tunnel goes down, once', async () => {
    await world.startConverged();
    const one: Wanted = { ...W1, maxFloodLocators: 1 };
    await want(one);
    await floods([VTEP_1]);
    world.flood(N1, ['192.0.2.0']);
    expect(await world.writesDuring(N1, async () => undefined)).toEqual([]);
    for (const vtep of [VTEP_1, VTEP_2]) {
      await world.tor.addTunnel(vtep);
      await world.tor.setTunnelStatus(vtep, { state: 'up', forwarding: 'true' });
    }
    await floods([VTEP_1]);
    await world.tor.setTunnelStatus(VTEP_1, { state: 'down', forwarding: 'false' });
    await floods(['192.0.2.0']);
    expect(
      await world.writesDuring(N1, async () => {
        await world.tor.setTunnelStatus(VTEP_1, { state: 'up', forwarding: 'true' });
        await world.tor.setTunnelStatus(VTEP_1, { state: 'down', forwarding: 'false' });
      }),
    ).toEqual([]);
  });

  it('has its tunnels watched if that is wanted, with what others have set beside it; their state is told', async () => {
    await world.startConverged();
    await want({ ...W1, bfd: { enable: true, minRx: 300, minTx: 300 } });
    await world.tor.addTunnel(VTEP_1);
    const params = async () => {
      const [found] = await world.tor.server.transact([{ op: 'select', table: 'Tunnel', where: [] }]);
      const [, pairs] = found?.rows?.[0]?.['bfd_params'] as [string, [string, string][]];
      return Object.fromEntries(pairs);
    };
    await eventually(async () => expect(await params()).toEqual({ enable: 'true', min_rx: '300', min_tx: '300' }));
    const where = [['_uuid', '!=', ['uuid', '00000000-0000-0000-0000-000000000000']]];
    const theirs = [['bfd_params', 'insert', ['map', [['decay_min_rx', '500']]]]];
    await world.tor.server.transact([{ op: 'mutate', table: 'Tunnel', where, mutations: theirs }]);
    await world.tor.setTunnelStatus(VTEP_1, { state: 'up', forwarding: 'true' });
    await eventually(() => expect(world.report(`tunnel/${VTEP_1}`)).toEqual({ state: 'up', fault: '' }));
    const diagnostic = 'Control Detection Time Expired';
    await world.tor.setTunnelStatus(VTEP_1, { state: 'down', forwarding: 'false', diagnostic });
    await eventually(() => expect(world.report(`tunnel/${VTEP_1}`)).toEqual({ state: 'down', fault: diagnostic }));
    expect(await world.tor.remoteMacs(N1)).toHaveLength(2);
    await want({ ...W1, bfd: { enable: false } });
    await eventually(async () => expect(await params()).toMatchObject({ enable: 'false', decay_min_rx: '500' }));
  });

  it('whose tunnels nobody wants watched keeps them as they are', async () => {
    await world.startConverged();
    await wantW1(world);
    const writes = await world.watchWrites();
    await world.tor.addTunnel(VTEP_1);
    await eventually(() => expect(world.report(`tunnel/${VTEP_1}`)).toEqual({ state: '', fault: '' }));
    const [found] = await world.tor.server.transact([{ op: 'select', table: 'Tunnel', where: [] }]);
    expect(found?.rows).toMatchObject([{ bfd_params: ['map', []] }]);
    expect(writes.seen.filter((each) => !each.startsWith('Physical_Locator '))).toEqual([]);
  });

  it('with several tunnel IPs is told with the one that it uses', async () => {
    await world.tor.setTunnelIps(['10.0.0.9', '10.0.0.10']);
    await world.startConverged();
    await wantW1(world);
    expect(world.report('switch')).not.toHaveProperty('usedTunnelIp');
    await world.tor.learn(N1, '02:00:00:00:ba:1e');
    await eventually(() => expect(world.report('switch')).toMatchObject({ usedTunnelIp: '10.0.0.9' }));
    await world.stopAgents();
    await world.startConverged();
    await eventually(() => expect(world.report('switch')).toMatchObject({ usedTunnelIp: '10.0.0.9' }));
  });
});
