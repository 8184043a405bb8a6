import { eventually } from '../harness/eventually.js';
import { type Program, startProgram } from '../harness/program.js';
import { startTcpProxy } from '../harness/tcp-proxy.js';
import { type AgentWorld, startAgentWorld, SWITCH } from './support/agent-world.js';
import { expectW1, M1, M2, N1, placeW1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

const M3 = '02:00:00:00:00:03';

describe('A connected network survives', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  it('an agent that is stopped and started again: not one write, not one confirmation taken back', async () => {
    const first = await world.startConverged();
    await wantW1(world);
    await first.stop();
    await expectW1(world);
    const dump = await world.tor.server.dump();
    const writes = await world.watchWrites();
    const pushed = world.pushed.writes;
    await world.startConverged();
    await eventually(() => expect(world.sessions).toBe(2));
    expect(await world.writesDuring(N1, async () => undefined)).toEqual([]);
    expect(writes.seen.filter((each) => !each.startsWith('Physical_Locator '))).toEqual([]);
    expect(await world.tor.server.dump()).toBe(dump);
    expect(world.pushed.writes - pushed).toBe(3); // how far it has cleaned up; the MAC that was learned to prove it, and forgotten
    await writes.stop();
  });

  it('a change of mind while the agent was dead: exactly what changed is written', async () => {
    const agent = await world.startConverged();
    await wantW1(world);
    await agent.stop();
    const [rows, kept] = [await world.foreigner.ids('Ucast_Macs_Remote'), await idsOf(M2)];
    const gone = await idsOf(M1);
    world.place(N1, { [M1]: undefined, [M3]: { vtep: VTEP_1 } });
    const writes = await world.watchWrites();
    await world.startConverged();
    await eventually(async () => expect((await world.tor.remoteMacs(N1)).map((each) => each.mac)).toEqual([M2, M3]));
    const added = await idsOf(M3);
    expect(await idsOf(M2)).toEqual(kept);
    expect(rows).toEqual([...gone, ...kept].sort());
    expect([...writes.seen].sort()).toEqual([...gone, ...added].map((id) => `Ucast_Macs_Remote ${id}`).sort());
    await writes.stop();
  });

  it('a session that is cut when a transaction was sent and not answered', async () => {
    const proxy = await startTcpProxy({ port: world.tor.server.tcpPort });
    await world.startConverged(`tcp:127.0.0.1:${proxy.port}`);
    proxy.filter((chunk, direction) => {
      if (direction === 'toServer' && chunk.includes('Ucast_Macs_Remote')) {
        proxy.pause('toClient');
        proxy.filter((each) => each);
      }
      return chunk;
    });
    placeW1(world);
    world.want(N1, W1);
    await eventually(async () => expect(await world.foreigner.ids('Ucast_Macs_Remote')).toHaveLength(2));
    proxy.cut();
    proxy.resume();
    await world.applied(N1, W1);
    await expectW1(world);
    await proxy.stop();
  });

  it('an ovsdb-server that is restarted with its database: not one write', async () => {
    await world.startConverged();
    await wantW1(world);
    const dump = await world.tor.server.dump();
    const reports: unknown[] = [];
    await world.tor.server.restart();
    await eventually(() => {
      reports.push(world.report('switch'));
      expect(world.sessions).toBe(2);
    });
    await eventually(() => expect(world.report('switch')).toMatchObject({ state: 'connected' }));
    expect(await world.writesDuring(N1, async () => undefined)).toEqual([]);
    expect(await world.tor.server.dump()).toBe(dump);
    expect(world.confirmation(N1)).toMatchObject({ state: 'applied' });
  });

  it('a switch that lost its database: nothing is written before the switch describes itself, then everything', async () => {
    await world.startConverged();
    await wantW1(world);
    await world.tor.server.wipe();
    await world.failed(N1, 'SWITCH_NOT_FOUND', /wait for it to boot/);
    await eventually(() => expect(world.report('switch')).toMatchObject({ state: 'missing', tunnelIps: ['10.0.0.1'] }));
    expect(await world.foreigner.ids('Logical_Switch')).toEqual([]);
    await world.tor.recreateInventory();
    await world.applied(N1, W1);
    await expectW1(world);
    await eventually(() => expect(world.report('switch')).toMatchObject({ state: 'connected' }));
  });

  it('a switch that lost its database: what it had learned stays told until it learns it again', async () => {
    await world.startConverged();
    await wantW1(world);
    await world.tor.learn(N1, M3, '10.1.0.13');
    await world.tor.learn(N1, '02:00:00:00:ba:1e');
    await eventually(() => expect(world.learned).toHaveLength(2));
    const writes = world.pushed.writes;
    await world.tor.server.wipe();
    await world.failed(N1, 'SWITCH_NOT_FOUND', /wait for it to boot/);
    await world.tor.recreateInventory();
    await world.applied(N1, W1);
    expect(world.learned).toHaveLength(2);
    expect(world.pushed.writes).toBeGreaterThan(writes);
    await world.tor.learn(N1, M3, '10.1.0.14');
    const relearned = expect.objectContaining({ mac: M3, ip: '10.1.0.14' });
    await eventually(() => expect(world.learned).toContainEqual(relearned));
    expect(world.learned).toHaveLength(2);
  });

  it('a switch that does not answer: what was said of it stays said, with the reason why it may be out of date', async () => {
    await world.startConverged();
    await wantW1(world);
    await world.tor.learn(N1, M3);
    await eventually(() => expect(world.learned).toHaveLength(1));
    await world.tor.server.kill();
    const report = { state: 'disconnected', reason: expect.stringMatching(/./), tunnelIps: ['10.0.0.1'] };
    await eventually(() => expect(world.report('switch')).toMatchObject(report));
    expect(world.learned).toHaveLength(1);
    expect(world.confirmation(N1)).toMatchObject({ state: 'applied' });
    world.place(N1, { [M1]: { vtep: VTEP_2 } });
    await world.tor.server.restart();
    await eventually(async () =>
      expect(await world.tor.remoteMacs(N1)).toMatchObject([{ vtepIp: VTEP_2 }, { vtepIp: VTEP_2 }]),
    );
  });

  it('a switch that is renamed: nothing is deleted, and everything goes on when it has its name again', async () => {
    await world.startConverged();
    await wantW1(world);
    await world.foreigner.renameSwitch(SWITCH, 'other');
    await world.failed(N1, 'SWITCH_NOT_FOUND', /L2GW_SWITCH_NAME/);
    world.place(N1, { [M1]: { vtep: VTEP_2 } });
    expect(await world.foreigner.ids('Ucast_Macs_Remote')).toHaveLength(2);
    await world.foreigner.renameSwitch('other', SWITCH);
    await world.applied(N1, W1);
    await eventually(async () =>
      expect(await world.tor.remoteMacs(N1)).toMatchObject([{ vtepIp: VTEP_2 }, { vtepIp: VTEP_2 }]),
    );
  });

  /** Rows of a MAC. */
  const idsOf = (mac: string) => world.foreigner.ids('Ucast_Macs_Remote', [['MAC', '==', mac]]);
});

describe('The program that operators start', () => {
  let world: AgentWorld;
  let program: Program | undefined;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(async () => {
    await program?.stop();
    await world?.stop();
  });

  const start = () =>
    startProgram('gateway-agent', {
      L2GW_SWITCH_NAME: SWITCH,
      L2GW_OVSDB_ENDPOINT: world.tor.tcpEndpoint,
      L2GW_NATS_URL: world.nats.url,
      L2GW_HTTP_LISTEN: '127.0.0.1:0',
    });

  it('serves its health, leaves the switch as it is when it ends, and can be killed at any time', async () => {
    program = await start();
    await wantW1(world);
    await eventually(async () => expect((await fetch(`${program?.url}/readyz`)).status).toBe(200));
    expect(await (await fetch(`${program.url}/livez`)).json()).toEqual({ status: 'live' });
    const dump = await world.tor.server.dump();
    await program.kill();
    world.place(N1, { [M1]: undefined, [M3]: { vtep: VTEP_1 } });
    program = await start();
    await eventually(async () => expect((await world.tor.remoteMacs(N1)).map((each) => each.mac)).toEqual([M2, M3]));
    world.place(N1, { [M1]: { vtep: VTEP_1, ips: ['10.1.0.11'] }, [M3]: undefined });
    await eventually(() => expectW1(world));
    expect(await program.stop()).toMatchObject({ code: 0 });
    await expectW1(world);
    expect((await world.tor.server.dump()).split('\n').length).toBe(dump.split('\n').length);
  });
});
