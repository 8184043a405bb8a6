import { agentLife, learnedTable, reportTable } from '@l2gw/contracts';
import { dialPlain, parseEndpoint, Session } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { expectW1, M1, M2, N1, placeW1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

describe('Of two agents of one switch', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  it('one works and the other stands by: nothing is there twice, one session, one that gives signs of life', async () => {
    const begun = performance.now();
    const lives: string[] = [];
    world.bus.subscribe(agentLife.heard, ({ subject }) => lives.push(subject));
    await world.startConverged();
    const second = await world.startAgent();
    await eventually(() => expect(second.saw('switch-standby')).toBe(true));
    await wantW1(world);
    await expectW1(world);
    expect(second.saw('network-written')).toBe(false);
    expect(world.sessions).toBe(1);
    const ofAgents = () => lives.filter((subject) => agentLife.client(subject).startsWith('sw-'));
    await eventually(() => expect(ofAgents()).not.toEqual([]));
    expect(new Set(ofAgents())).toEqual(new Set([agentLife.subject(world.client)]));
    const inTime = Math.floor((performance.now() - begun) / agentLife.everyMs);
    expect(ofAgents().length).toBeLessThanOrEqual(2 + inTime); // at once, and when the bus was there
  });

  it('the other takes over when the first ends, without a write, and with a session of its own', async () => {
    const first = await world.startConverged();
    const second = await world.startAgent();
    await eventually(() => expect(second.saw('switch-standby')).toBe(true));
    await wantW1(world);
    const dump = await world.tor.server.dump();
    await first.stop();
    await eventually(() => expect(second.saw('converged')).toBe(true));
    expect(await world.writesDuring(N1, async () => undefined)).toEqual([]);
    expect(await world.tor.server.dump()).toBe(dump);
    expect(world.sessions).toBe(2);
    world.place(N1, { [M1]: { vtep: VTEP_2 } });
    await eventually(async () => expect(await world.tor.remoteMacs(N1)).toMatchObject([{ vtepIp: VTEP_2 }, {}]));
  });

  it('none writes or reports while a third has stolen the lock, and one catches up when he leaves', async () => {
    const agent = await world.startConverged();
    await wantW1(world);
    const thief = new Session(await dialPlain(parseEndpoint(world.tor.tcpEndpoint), { timeoutMs: 5000 }));
    await thief.request('steal', ['l2gw']);
    await eventually(() => expect(agent.saw('switch-standby')).toBe(true));
    const [rows, said] = [await world.tor.server.dump(), world.pushed.writes];
    world.place(N1, { [M1]: undefined });
    await world.foreigner.deleteRemoteMac(M2);
    await world.tor.learn(N1, '02:00:00:00:00:77');
    await world.bus.flush();
    expect(await world.tor.remoteMacs(N1)).toMatchObject([{ mac: M1 }]);
    expect([world.pushed.writes, world.learned]).toEqual([said, []]);
    expect(rows).not.toBe('');
    thief.close();
    await eventually(async () => expect(await world.tor.remoteMacs(N1)).toMatchObject([{ mac: M2 }]));
    await eventually(() => expect(world.learned).toHaveLength(1));
    expect(world.sessions).toBe(2);
  });

  it('the active one asks for another session when its right to push was given away by mistake', async () => {
    await world.startConverged();
    await wantW1(world);
    world.openSession();
    await world.tor.learn(N1, '02:00:00:00:00:77');
    await eventually(() => expect(world.learned).toHaveLength(1));
    expect(world.sessions).toBe(3);
    expect([...world.pushed.rowsOf(reportTable.table(world.client)).keys()]).toContain(`logical-switch/${N1}`);
    expect(world.pushed.rowsOf(learnedTable.table(world.client)).size).toBe(1);
  });
});

describe('An agent without a control plane', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  it('touches nothing of what is on the switch, and goes on when it is there again', async () => {
    const first = await world.startConverged();
    await wantW1(world);
    await first.stop();
    world.silence();
    const dump = await world.tor.server.dump();
    const agent = await world.startAgent();
    await eventually(() => expect(agent.saw('switch-active')).toBe(true));
    await eventually(() => expect(agent.saw('session-not-opened')).toBe(true));
    expect(await world.tor.server.dump()).toBe(dump);
    world.answer();
    placeW1(world);
    world.place(N1, { [M1]: { vtep: VTEP_1, ips: ['10.1.0.99'] } });
    world.want(N1, W1);
    await eventually(async () => expect(await world.tor.remoteMacs(N1)).toMatchObject([{ ip: '10.1.0.99' }, {}]));
  });
});
