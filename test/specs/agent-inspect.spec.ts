import {
  bindingStatistics,
  sentTransactions,
  type SwitchQuestion,
  switchDifference,
  switchQuestion,
  switchResync,
} from '@l2gw/contracts';
import { portUuid, ref } from '../harness/tor-rows.js';
import { eventually } from '../harness/eventually.js';
import { type AgentWorld, startAgentWorld } from './support/agent-world.js';
import { expectW1, M1, N1, W1, placeW1, VTEP_2, wantW1 } from './support/wanted.js';

const M9 = '02:00:00:00:00:99';

describe('Whoever asks the agent about its switch', () => {
  let world: AgentWorld;

  beforeEach(async () => {
    world = await startAgentWorld();
  });
  afterEach(() => world?.stop());

  const ask = async (question: SwitchQuestion): Promise<unknown> => {
    const subject = switchQuestion.subject(world.client, question);
    const reply = switchQuestion.decodeReply((await world.bus.request(subject, '', { timeoutMs: 25_000 })).body);
    if (!('answer' in reply)) throw new Error(reply.failure);
    return reply.answer;
  };
  const diff = async () => switchDifference.decode(await ask('diff'));

  it('learns which transactions were sent, the newest first, and what the switch said', async () => {
    await world.startConverged();
    await wantW1(world);
    world.place(N1, { [M9]: { vtep: VTEP_2 } });
    const macInserted = [{ op: 'insert', table: 'Ucast_Macs_Remote', count: 1 }];
    await eventually(async () => {
      const [newest, first] = sentTransactions.decode(await ask('transactions'));
      expect(newest).toMatchObject({ networks: [N1], operations: macInserted });
      expect(first?.operations).toContainEqual({ op: 'insert', table: 'Logical_Switch', count: 1 });
      expect(first?.operations.map(({ op }) => op)).not.toContain('assert');
      expect(first?.error).toBeUndefined();
    });
  });

  it('hears of 200 transactions at the most', async () => {
    await world.startConverged();
    await wantW1(world);
    const writes = await world.watchWrites();
    for (let n = 0; n < sentTransactions.most + 20; n += 1) {
      world.place(N1, { [`02:00:00:00:01:${n.toString(16).padStart(2, '0')}`]: { vtep: VTEP_2 } });
      await eventually(() => expect(writes.seen).toHaveLength(n + 1));
    }
    expect(sentTransactions.decode(await ask('transactions'))).toHaveLength(sentTransactions.most);
  });

  it('finds no difference on a switch that is as it should be, and asking writes nothing', async () => {
    await world.startConverged();
    await wantW1(world);
    const written = await world.writesDuring(N1, async () => {
      expect(await diff()).toEqual({ count: 0, networks: [] });
      expect(switchResync.decode(await ask('resync'))).toEqual({
        tablesChecked: true,
        settled: true,
        networks: 1,
        transactions: 0,
      });
    });
    expect(written).toEqual([]);
  });

  it('learns what keeps a network from the switch', async () => {
    await world.foreigner.addLogicalSwitch('theirs', 5001);
    await world.startConverged();
    placeW1(world);
    world.want(N1, W1);
    await world.failed(N1, 'VNI_IN_USE', /theirs/);
    expect(await diff()).toMatchObject({
      count: 1,
      networks: [{ network: N1, state: 'blocked', insert: 0, problems: [{ code: 'VNI_IN_USE' }] }],
    });
  });

  it('learns the first problems of a network that has a great many, in one message', async () => {
    const vlans = Array.from({ length: 4000 }, (_, n) => n + 1);
    const bindings = vlans.map((vlan) => ({ port: `Nowhere-${'x'.repeat(200)}`, vlan }));
    await world.startConverged();
    placeW1(world);
    world.want(N1, { ...W1, bindings });
    await eventually(async () => {
      const { count, networks } = await diff();
      expect([count, networks[0]?.state, networks[0]?.problems.length]).toEqual([1, 'blocked', 10]);
    });
  });

  it('sees a correction that waits because somebody fights, and a resync makes it at once', async () => {
    await world.startConverged();
    await wantW1(world);
    const change = { kind: 'remove', what: 'mac', name: M9 };
    const waiting = { network: N1, state: 'pending', insert: 0, update: 0, remove: 1, changes: [change], problems: [] };
    await eventually(async () => {
      const there = await world.foreigner.ids('Ucast_Macs_Remote', [['MAC', '==', M9]]);
      if (there.length === 0) await world.foreigner.addRemoteMac(N1, M9, VTEP_2);
      expect(await diff()).toEqual({ count: 1, networks: [waiting] });
      expect(switchResync.decode(await ask('resync'))).toMatchObject({ settled: true, transactions: 1 });
    });
    await expectW1(world);
    expect(await diff()).toEqual({ count: 0, networks: [] });
  });

  it('resyncs with what the switch has while the API is away, and is told so', async () => {
    await world.startConverged();
    await wantW1(world);
    world.silence();
    await world.foreigner.deleteRemoteMac(M1);
    expect(switchResync.decode(await ask('resync'))).toMatchObject({ tablesChecked: false, settled: true });
    await expectW1(world);
  });

  it('gets the counters of a switch that counts, and none from one that does not', async () => {
    await world.startConverged();
    await wantW1(world);
    expect(bindingStatistics.decode(await ask('statistics'))).toEqual({ count: 0, bindings: [] });
    const counted = { packets_from_local: 3, bytes_from_local: 180, packets_to_local: 2, bytes_to_local: 120 };
    const { server } = world.tor;
    const where = [['_uuid', '==', ref(await portUuid(server, 'tor1', 'Ethernet1'))]];
    await server.transact([
      { op: 'insert', table: 'Logical_Binding_Stats', row: counted, 'uuid-name': 'stats' },
      {
        op: 'mutate',
        table: 'Physical_Port',
        where,
        mutations: [['vlan_stats', 'insert', ['map', [[100, ['named-uuid', 'stats']]]]]],
      },
    ]);
    expect(bindingStatistics.decode(await ask('statistics'))).toEqual({
      count: 1,
      bindings: [
        {
          port: 'Ethernet1',
          vlan: 100,
          packetsFromLocal: 3,
          bytesFromLocal: 180,
          packetsToLocal: 2,
          bytesToLocal: 120,
        },
      ],
    });
  });

  it('is answered by the active agent alone, and by nobody when the switch is away', async () => {
    await world.startConverged();
    await world.startAgent();
    await wantW1(world);
    expect(sentTransactions.decode(await ask('transactions'))).toHaveLength(1);
    await world.tor.server.kill();
    await eventually(() => expect(ask('diff')).rejects.toMatchObject({ code: 'NO_RESPONDER' }));
    await world.tor.server.start();
    await eventually(async () => expect(await diff()).toEqual({ count: 0, networks: [] }));
  });
});
