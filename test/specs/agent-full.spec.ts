/** Switches forward by tables of silicon, and those can be full. */
import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld, type Wanted } from './support/agent-world.js';
import { N1, VTEP_1, VTEP_2, W1 } from './support/wanted.js';

const macOf = (n: number) => `02:00:00:00:01:${n.toString(16).padStart(2, '0')}`;
const places = (first: number, last: number, vtep = VTEP_1) =>
  Object.fromEntries(Array.from({ length: last - first + 1 }, (_, n) => [macOf(first + n), { vtep }]));

describe('A switch that is full', () => {
  let world: AgentWorld;
  beforeEach(async () => {
    world = await startAgentWorld();
    await world.startConverged();
  });
  afterEach(() => world.stop());

  const rows = async () => (await world.tor.remoteMacs(N1)).map((each) => each.mac);
  const holds = (count: number) => eventually(async () => expect(await rows()).toHaveLength(count));
  const refuses = (count: number) =>
    eventually(() =>
      expect(world.confirmation(N1)).toMatchObject({
        state: 'applied',
        problems: [
          {
            code: 'SWITCH_FULL',
            text: expect.stringMatching(new RegExp(`^${count === 1 ? 'MAC' : `${count} MACs`} `)),
          },
        ],
      }),
    );

  it('as its operator knows: it gets as many MACs as it has room for, and others when some go', async () => {
    const limited: Wanted = { ...W1, maxMacs: 5 };
    world.place(N1, places(1, 8));
    world.want(N1, limited);
    await refuses(3);
    await holds(5);
    await world.foreigner.addLogicalSwitch('theirs', 9000);
    world.want(N1, { ...W1, maxMacs: 7 });
    await refuses(1);
    await holds(7);
    const [first = '', second = ''] = await rows();
    world.place(N1, { [first]: undefined, [second]: undefined });
    await holds(5);
    world.want(N1, W1);
    await holds(6);
    await world.applied(N1, W1);
  });

  it('as it says itself: what is there stays and may move, nothing is added, and all comes when it has room', async () => {
    world.place(N1, places(1, 3));
    world.want(N1, W1);
    await world.applied(N1, W1);
    await world.tor.setSwitchFault(['mac_table_exhaustion']);
    await eventually(() => expect(world.report('switch')).toMatchObject({ faults: ['mac_table_exhaustion'] }));
    world.place(N1, { ...places(1, 1, VTEP_2), ...places(4, 150), [macOf(2)]: undefined });
    await refuses(147);
    await eventually(async () => expect(await rows()).toEqual([macOf(1), macOf(3)]));
    expect((await world.tor.remoteMacs(N1))[0]).toMatchObject({ vtepIp: VTEP_2 });
    const n2 = '6b0c1f5e-0000-4000-8000-000000000002';
    world.place(n2, { [macOf(9)]: { vtep: VTEP_1 } });
    world.want(n2, { vni: 5002, name: 'n2', bindings: [{ port: 'Ethernet2', vlan: 200 }] });
    await eventually(async () => expect(await world.tor.logicalSwitches()).toHaveLength(2));
    expect(await world.tor.remoteMacs(n2)).toEqual([]);
    await world.tor.setSwitchFault([]);
    await holds(149);
    await world.applied(N1, W1);
    await eventually(async () => expect(await world.tor.remoteMacs(n2)).toHaveLength(1));
  });
});
