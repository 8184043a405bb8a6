import { networkTable } from '@l2gw/contracts';
import { LEARNED_PATIENCE } from '../../apps/gateway-agent/src/reconcile/pace.js';
import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { expectW1, M1, M2, N1, VTEP_1, VTEP_2, W1, wantW1 } from './support/wanted.js';

describe('A MAC of a connected network', () => {
  let world: AgentWorld;

  beforeAll(async () => {
    world = await startAgentWorld();
    await world.startConverged();
  });
  afterAll(() => world?.stop());
  beforeEach(() => wantW1(world));
  afterEach(async () => {
    world.publishRemoval(networkTable.table(N1));
    await wantW1(world);
    await eventually(() => expectW1(world));
  });

  const idsOf = (mac: string) => world.foreigner.ids('Ucast_Macs_Remote', [['MAC', '==', mac]]);
  const entry = async (mac: string) => (await world.tor.remoteMacs(N1)).filter((each) => each.mac === mac);

  it('gets its new IP, though its place is the same', async () => {
    const rows = await idsOf(M1);
    world.place(N1, { [M1]: { vtep: VTEP_1, ips: ['10.1.0.12'] } });
    await eventually(async () => expect(await entry(M1)).toMatchObject([{ ip: '10.1.0.12', vtepIp: VTEP_1 }]));
    expect(await idsOf(M1)).toEqual(rows);
  });

  it('moves within its row: nobody ever sees it nowhere or twice', async () => {
    const rows = await idsOf(M1);
    const writes = await world.watchWrites();
    world.place(N1, { [M1]: { vtep: VTEP_2, ips: ['10.1.0.11'] } });
    await eventually(async () => expect(await entry(M1)).toMatchObject([{ vtepIp: VTEP_2 }]));
    expect(await idsOf(M1)).toEqual(rows);
    expect(writes.seen).toEqual([`Ucast_Macs_Remote ${rows[0]}`]);
    await writes.stop();
  });

  it('moves to a VTEP that nobody has heard of, and back: the locator comes and goes', async () => {
    world.place(N1, { [M1]: { vtep: '192.0.2.77' } });
    await eventually(async () => expect(await entry(M1)).toMatchObject([{ vtepIp: '192.0.2.77' }]));
    world.place(N1, { [M1]: { vtep: VTEP_1 } });
    await eventually(async () => expect(await entry(M1)).toMatchObject([{ vtepIp: VTEP_1 }]));
    expect(await world.foreigner.ids('Physical_Locator', [['dst_ip', '==', '192.0.2.77']])).toEqual([]);
  });

  it('is the same in another spelling', async () => {
    const writes = await world.writesDuring(N1, async () => {
      world.place(N1, { [M2]: undefined, [M2.toUpperCase().replaceAll(':', '-')]: { vtep: VTEP_2 } });
      await world.bus.flush();
    });
    expect(writes.filter((each) => !each.includes('Ucast_Macs_Remote'))).toEqual([]);
    expect(await entry(M2)).toHaveLength(1);
  });

  it('with several IPs is shown with the first IPv4', async () => {
    world.place(N1, { [M1]: { vtep: VTEP_1, ips: ['2001:db8::1', '10.1.0.9', '10.1.0.8'] } });
    await eventually(async () => expect(await entry(M1)).toMatchObject([{ ip: '10.1.0.8' }]));
    world.place(N1, { [M1]: { vtep: VTEP_1, ips: ['2001:db8::2', '2001:db8::1'] } });
    await eventually(async () => expect(await entry(M1)).toMatchObject([{ ip: '2001:db8::1' }]));
  });

  it('that no station can have is not written; the others of its message are', async () => {
    world.write(networkTable.table(N1), [
      { key: 'mac/01:00:5e:00:00:01', row: { place: { vtep: VTEP_1 }, ips: [], kind: 'port' } },
      { key: 'mac/00:00:00:00:00:00', row: { place: { vtep: VTEP_1 }, ips: [], kind: 'port' } },
      { key: 'mac/02:00:00:00:00:0e', row: { place: { vtep: 'nowhere' }, ips: [], kind: 'port' } },
      { key: 'mac/02:00:00:00:00:0f', row: { place: { vtep: VTEP_1 }, ips: [], kind: 'port' } },
    ]);
    await eventually(async () => expect(await entry('02:00:00:00:00:0f')).toHaveLength(1));
    expect((await world.tor.remoteMacs(N1)).map((each) => each.mac)).toEqual([M1, M2, '02:00:00:00:00:0f']);
  });

  it('whose row says what this agent does not understand is left as it is', async () => {
    world.write(networkTable.table(N1), [{ key: `mac/${M1}`, row: { place: { gateway: 'x' }, kind: 'later' } }]);
    expect(await world.writesDuring(N1, async () => world.bus.flush())).toEqual([]);
    expect(await entry(M1)).toMatchObject([{ vtepIp: VTEP_1 }]);
  });
});

describe('A MAC that the switch has learned', () => {
  let world: AgentWorld;

  beforeAll(async () => {
    world = await startAgentWorld();
    await world.startConverged();
    await wantW1(world);
  });
  afterAll(() => world?.stop());

  it('is told once, with its place and IP, and is told to be gone', async () => {
    const said = world.pushed.writes;
    await world.tor.learn(N1, '02:00:00:00:BA:1E', '10.1.0.77');
    const row = { logicalSwitch: N1, mac: '02:00:00:00:ba:1e', vtep: '10.0.0.1', ip: '10.1.0.77' };
    await eventually(() => expect(world.learned).toEqual([row]));
    expect(world.pushed.writes - said).toBe(1);
    await world.tor.forget(N1, '02:00:00:00:BA:1E');
    await eventually(() => expect(world.learned).toEqual([]));
    await expectW1(world);
  });

  it('that comes and goes without end is told of now and then, in the end as it is; others are not kept waiting', async () => {
    const [flapping, other] = ['02:00:00:00:f1:a9', '02:00:00:00:00:57'];
    const [said, begun] = [world.pushed.writes, performance.now()];
    for (let time = 0; time < 12; time += 1) {
      await world.tor.learn(N1, flapping);
      await world.tor.forget(N1, flapping);
    }
    await world.tor.learn(N1, flapping, '10.1.0.78');
    await world.tor.learn(N1, other);
    await eventually(() => expect(world.learned).toContainEqual(expect.objectContaining({ mac: other })));
    const last = expect.objectContaining({ mac: flapping, ip: '10.1.0.78' });
    await eventually(() => expect(world.learned).toContainEqual(last));
    const spells = Math.ceil((performance.now() - begun) / LEARNED_PATIENCE.withinMs);
    expect(world.pushed.writes - said).toBeLessThanOrEqual((LEARNED_PATIENCE.most + 1) * spells + 1);
    for (const mac of [flapping, other]) await world.tor.forget(N1, mac);
    await eventually(() => expect(world.learned).toEqual([]));
  });

  it('is not told if it is on somebody else’s logical switch, or no MAC', async () => {
    await world.foreigner.addLogicalSwitch('theirs');
    await world.tor.learn('theirs', '02:00:00:00:00:55');
    await world.tor.learn(N1, 'garbage');
    await world.tor.learn(N1, '02:00:00:00:00:56');
    await eventually(() => expect(world.learned).toMatchObject([{ mac: '02:00:00:00:00:56' }]));
    await world.tor.forget(N1, '02:00:00:00:00:56');
    await eventually(() => expect(world.learned).toEqual([]));
  });

  it('is told with thousands of others, none lost', async () => {
    const macs = Array.from(
      { length: 3000 },
      (_, n) => `06:00:00:00:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`,
    );
    await world.tor.learnAll(
      N1,
      macs.map((mac) => ({ mac })),
    );
    await eventually(() => expect(world.learned).toHaveLength(macs.length));
    world.want(N1, undefined);
    await eventually(() => expect(world.learned).toEqual([]));
    world.want(N1, W1);
    await world.applied(N1, W1);
  });
});
