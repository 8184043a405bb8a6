/** What others change of ours on a switch. */
import { eventually } from '../harness/eventually.js';
import { type AgentWorld, type RunningAgent, startAgentWorld, type Wanted } from './support/agent-world.js';
import { expectW1, M1, M2, N1, placeW1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

const REPORT: Wanted = { ...W1, drift: 'report' };

describe('Drift', () => {
  let world: AgentWorld;
  let agent: RunningAgent;
  beforeEach(async () => {
    world = await startAgentWorld();
    agent = await world.startConverged();
  });
  afterEach(() => world.stop());

  const drift = () => world.report(`drift/${N1}`) as { count: number; what: string } | undefined;
  const saysDrift = (text: RegExp) =>
    eventually(() =>
      expect(world.confirmation(N1)).toMatchObject({
        state: 'applied',
        problems: [{ code: 'DRIFT', text: expect.stringMatching(text) }],
      }),
    );

  it('is nothing that the agent does itself, whatever is wanted and however often', async () => {
    await wantW1(world);
    for (let n = 0; n < 30; n += 1) {
      world.place(N1, {
        [M1]: { vtep: n % 2 === 0 ? VTEP_2 : VTEP_1 },
        [`02:00:00:00:01:${10 + n}`]: { vtep: VTEP_1 },
      });
      world.flood(N1, [`192.0.2.${10 + n}`]);
      world.want(N1, { ...W1, vni: 5001 + (n % 2), name: `n${n}` });
    }
    world.want(N1, W1);
    await world.applied(N1, W1);
    await eventually(async () => expect(await world.tor.remoteMacs(N1)).toHaveLength(32));
    await world.writesDuring(N1, async () => undefined);
    expect(drift()).toBeUndefined();
    expect(agent.saw('drift')).toBe(false);
  });

  it('is counted and named, and put right at once', async () => {
    await wantW1(world);
    await world.foreigner.deleteRemoteMac(M1);
    await eventually(() => expect(drift()).toMatchObject({ count: 1, what: `MAC ${M1} was changed` }));
    await world.foreigner.unbind('Ethernet1', 100);
    await eventually(() => expect(drift()).toMatchObject({ count: 2, what: 'a VLAN was unbound' }));
    await world.foreigner.updateLogicalSwitch(N1, { tunnel_key: 7 });
    await eventually(() => expect(drift()).toMatchObject({ count: 3, what: 'its logical switch has another vni' }));
    await eventually(() => expectW1(world));
    await eventually(() => expect(world.confirmation(N1)).toMatchObject({ state: 'applied', problems: [] }));
    world.want(N1, undefined);
    await eventually(() => expect(drift()).toBeUndefined());
  });

  it('is only told if that is wanted, until it is undone', async () => {
    placeW1(world);
    world.want(N1, REPORT);
    await world.applied(N1, REPORT);
    const before = await world.tor.remoteMacs(N1);
    await world.foreigner.deleteRemoteMac(M1);
    await saysDrift(/^MAC 02:00:00:00:00:01: somebody else has changed it \(a MAC\)/);
    expect(await world.tor.remoteMacs(N1)).toHaveLength(1);
    await world.foreigner.addRemoteMac(N1, M1, VTEP_1);
    await world.tor.server.transact([
      { op: 'update', table: 'Ucast_Macs_Remote', where: [['MAC', '==', M1]], row: { ipaddr: '10.1.0.11' } },
    ]);
    await eventually(() => expect(world.confirmation(N1)).toMatchObject({ state: 'applied', problems: [] }));
    expect(await world.tor.remoteMacs(N1)).toEqual(before);
  });

  it('that was only told is put right when the policy is another, and what was wanted meanwhile is done all the same', async () => {
    placeW1(world);
    world.want(N1, REPORT);
    await world.applied(N1, REPORT);
    await world.foreigner.unbind('Ethernet1', 100);
    await world.foreigner.deleteRemoteMac(M1);
    await saysDrift(/VLAN was unbound|a MAC/);
    expect(await world.tor.vlanBindings('Ethernet1')).toEqual([]);
    world.place(N1, { [M2]: { vtep: VTEP_1 } });
    await eventually(async () => expect(await world.tor.remoteMacs(N1)).toMatchObject([{ mac: M2, vtepIp: VTEP_1 }]));
    world.place(N1, { [M2]: { vtep: VTEP_2 } });
    world.want(N1, W1);
    await world.applied(N1, W1);
    await eventually(() => expectW1(world));
  });
});
