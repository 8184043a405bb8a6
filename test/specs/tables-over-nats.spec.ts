import { type Bus, connectBus } from '@l2gw/bus';
import {
  MemoryPushStore,
  MemoryTables,
  PushReceiver,
  PushWriter,
  type Replica,
  TablePublisher,
  TableReader,
  TableServer,
  TableUnavailable,
} from '@l2gw/tables';
import { DroppingRelay } from '../harness/dropping-relay.js';
import { eventually } from '../harness/eventually.js';
import { type NatsServer, startNatsServer } from '../harness/nats-server.js';

const T = 'network/n1';

/** A nats-server, an API and an agent behind a relay that loses every third message of a table. */
class World {
  private readonly ends: (() => unknown)[] = [];
  /** Has the reader check its table. */
  ask = (): void => {};
  refusals = 0;
  private constructor(
    readonly nats: NatsServer,
    readonly relay: DroppingRelay,
    readonly apiBus: Bus,
    readonly agentBus: Bus,
    readonly tables: MemoryTables,
    readonly publisher: TablePublisher,
  ) {}

  static async start(drops: (subject: string) => boolean, mayRead: () => boolean = () => true): Promise<World> {
    const nats = await startNatsServer();
    const relay = await DroppingRelay.start(nats.port, drops);
    const apiBus = await connectBus({ servers: [nats.url], client: 'api-1', reconnectMs: 20 });
    const agentBus = await connectBus({ servers: [relay.url], client: 'sw-1', reconnectMs: 20 });
    const tables = new MemoryTables({ epoch: 'e', mayRead });
    const position = () => tables.now();
    const publisher = new TablePublisher({ bus: apiBus, writer: 'api', instance: 'i1', position });
    const world = new World(nats, relay, apiBus, agentBus, tables, publisher);
    const server = new TableServer({ bus: apiBus, source: tables });
    server.start();
    publisher.start();
    world.atEnd(() => server.stop());
    world.atEnd(() => publisher.stop());
    return world;
  }

  atEnd(end: () => unknown): void {
    this.ends.push(end);
  }

  write(ops: Parameters<MemoryTables['write']>[1]): void {
    this.publisher.publish(this.tables.epoch, [this.tables.write(T, ops)]);
  }

  read(): Replica<unknown> {
    const reader = new TableReader({
      ...{ bus: this.agentBus, client: 'sw-1', writer: 'api', timeoutMs: 500, settleMs: 50 },
      onProblem: (problem) => problem instanceof TableUnavailable && (this.refusals += 1),
    });
    const replica = reader.follow(T, (_key, raw) => raw, { persist: true });
    reader.start();
    this.atEnd(() => reader.stop());
    this.ask = () => reader.ask(T);
    return replica;
  }

  async stop(): Promise<void> {
    for (const end of this.ends) end();
    await this.agentBus.close();
    await this.apiBus.close();
    await this.relay.stop();
    await this.nats.stop();
  }
}

function expectEqual(replica: Replica<unknown>, tables: MemoryTables): void {
  expect(replica).toMatchObject({ complete: true, stale: false, revision: tables.now().revision });
  expect(new Map([...replica.entries()].sort())).toEqual(tables.rowsOf(T));
}

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => ({
    key: `02:00:00:00:${from + at}`,
    row: { at: from + at, ips: ['192.0.2.1'] },
  }));

describe('A replica over a real nats-server', () => {
  let world: World;
  afterEach(() => world.stop());

  it('is the table although every third message to its reader is lost', async () => {
    let count = 0;
    world = await World.start((subject) => subject.startsWith('l2gw.v1.table.') && (count += 1) % 3 === 0);
    world.write(rows(5000));
    const replica = world.read();
    await eventually(() => expect(replica.complete).toBe(true));
    for (let round = 0; round < 60; round += 1) {
      world.write([...rows(10, round * 20), { key: `02:00:00:00:${4999 - round}` }]);
      await world.apiBus.flush();
    }
    await eventually(() => expectEqual(replica, world.tables));
    expect(world.relay.dropped).toBeGreaterThan(10);
  });

  it('is the table after the connection broke and the bus server was restarted while rows changed', async () => {
    world = await World.start(() => false);
    world.write(rows(3000));
    const replica = world.read();
    await eventually(() => expect(replica.complete).toBe(true));
    world.relay.cut();
    world.write(rows(700, 2500));
    await eventually(() => expectEqual(replica, world.tables));
    const restarted = world.nats.restart();
    world.write(rows(700, 5000));
    world.write([{ key: '02:00:00:00:7' }]);
    await restarted;
    await eventually(() => expectEqual(replica, world.tables));
  });

  it('is the table soon after its reader was refused for a moment, also if nothing is written any more', async () => {
    let [isDeaf, isAllowed] = [false, false];
    world = await World.start(
      (subject) => isDeaf && subject.startsWith('l2gw.v1.table.'),
      () => isAllowed,
    );
    isDeaf = true;
    world.write(rows(100));
    const replica = world.read();
    await eventually(() => expect(world.refusals).toBeGreaterThan(0));
    isAllowed = true;
    await eventually(() => expectEqual(replica, world.tables));
    isAllowed = false;
    world.write(rows(100, 50));
    const before = world.refusals;
    world.ask();
    await eventually(() => expect(world.refusals).toBeGreaterThan(before));
    expect(replica.confirmed).toBe(false);
    isAllowed = true;
    await eventually(() => expectEqual(replica, world.tables));
  });
});

describe('A pushed table over a real nats-server', () => {
  let world: World;
  afterEach(() => world.stop());

  it('is stored although every fourth answer is lost, the connection breaks and another receiver takes over', async () => {
    let count = 0;
    world = await World.start((subject) => subject.startsWith('_INBOX_sw-1') && (count += 1) % 4 === 0);
    const store = new MemoryPushStore();
    const receivers = [0, 1].map(() => new PushReceiver({ bus: world.apiBus, store, mayPush: () => true }));
    receivers[0]?.start();
    const writer = new PushWriter({ bus: world.agentBus, client: 'sw-1', table: 'learned/sw-1', timeoutMs: 200 });
    world.atEnd(() => writer.stop());
    writer.replaceAll(rows(2000).map(({ key, row }) => [key, row]));
    writer.open(1);
    await writer.settled();
    receivers[1]?.start();
    receivers[0]?.stop();
    for (const { key, row } of rows(1500, 1000)) writer.put(key, { ...row, again: true });
    world.relay.cut();
    writer.drop('02:00:00:00:1');
    await writer.settled();
    const stored = store.rowsOf('learned/sw-1');
    expect(stored.size).toBe(2499);
    for (const [key, row] of stored) expect(writer.get(key)).toEqual(row);
  });
});
