import {
  MemoryTables,
  type ReplicaChange,
  TablePublisher,
  TableReader,
  TableServer,
  TableUnavailable,
} from '../src/index.js';
import type { MemoryTablesOptions, Replica } from '../src/index.js';
import { chanceFrom } from './chance.js';
import { ModelBus, type ModelClient } from './model-bus.js';
import { VirtualClock } from './virtual-clock.js';

const T = 'network/n1';
const put = (key: string, value: unknown = 1) => ({ key, row: { value } });

/** A writer, its server and a reader, in virtual time and fair weather. */
class Cloud {
  readonly clock = new VirtualClock();
  readonly net = new ModelBus(this.clock, chanceFrom(1));
  readonly tables: MemoryTables;
  readonly publisher: TablePublisher;
  readonly server: TableServer;
  readonly reader: TableReader;
  readonly readerBus: ModelClient = this.net.client();
  readonly problems: unknown[] = [];
  readonly silences: boolean[] = [];

  constructor(options: Partial<MemoryTablesOptions> = {}, mostSnapshots = 4) {
    const { clock } = this;
    const random = chanceFrom(2);
    const bus = this.net.client();
    this.tables = new MemoryTables({ epoch: 'e', ...options });
    const position = () => this.tables.now();
    this.publisher = new TablePublisher({ bus, writer: 'api', instance: 'i1', clock, position });
    this.server = new TableServer({ bus, source: this.tables, random, mostSnapshots });
    this.reader = new TableReader({
      bus: this.readerBus,
      client: 'r',
      writer: 'api',
      clock,
      random,
      onProblem: (problem) => this.problems.push(problem),
      onSilence: (silent) => this.silences.push(silent),
    });
    this.publisher.start();
    this.server.start();
    this.reader.start();
  }

  follow(table = T): Replica<unknown> {
    return this.reader.follow(table, decode, { persist: true });
  }

  write(...ops: Parameters<MemoryTables['write']>[1]): void {
    this.publisher.publish(this.tables.epoch, [this.tables.write(T, ops)]);
  }

  /** How many requests were sent since the last time this was asked. */
  requests(): readonly string[] {
    return this.net.sent.splice(0).filter((subject) => subject.includes('.req.'));
  }
}

function decode(key: string, raw: unknown): unknown {
  if (typeof raw === 'object' && raw && 'value' in raw && raw.value !== 'bad') return raw.value;
  throw new Error(`${key} cannot be decoded`);
}

function changesOf(replica: Replica<unknown>): ReplicaChange[] {
  const changes: ReplicaChange[] = [];
  replica.onChange((change) => changes.push(change));
  return changes;
}

describe('A reader', () => {
  it('takes a snapshot, page by page, and then lives on deltas alone', async () => {
    const cloud = new Cloud();
    cloud.write(...Array.from({ length: 4500 }, (_, at) => put(`k${at}`, at)));
    const replica = cloud.follow();
    const changes = changesOf(replica);
    expect(replica).toMatchObject({ complete: false, stale: true, revision: -1, size: 0 });
    await cloud.clock.pass(1000);
    expect(cloud.requests().map((subject) => subject.split('.').at(-1))).toEqual([
      'check',
      'snapshot',
      'snapshot',
      'snapshot',
      'since',
    ]);
    expect(changes.map(({ keys, nowComplete }) => [keys.length, nowComplete])).toEqual([[4500, true]]);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 4500 });

    for (let round = 0; round < 20; round += 1) {
      cloud.write(put('k1', `again ${round}`), { key: `k${round + 100}` });
      await cloud.clock.pass(500);
    }
    expect(cloud.requests()).toEqual([]);
    expect(changes).toHaveLength(21);
    expect([...replica.entries()]).toHaveLength(4480);
    expect(replica.get('k1')).toBe('again 19');
  });

  it('tells only of keys whose row became another', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'), put('b'), put('c'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    const changes = changesOf(replica);
    cloud.readerBus.cut('noticed');
    cloud.write(put('a', 2), { key: 'b' }, put('d'));
    cloud.write(put('d', 7), put('c', 5));
    cloud.write(put('c', 1));
    await cloud.clock.pass(20_000);
    cloud.readerBus.mend('noticed');
    await cloud.clock.pass(4000);
    expect(changes.map(({ keys }) => [...keys].sort())).toEqual([['a', 'b', 'd']]);
  });

  it('compares buckets when it is too far behind, and fetches only what differs', async () => {
    const cloud = new Cloud({ mostDrops: 1 });
    cloud.write(...Array.from({ length: 3000 }, (_, at) => put(`k${at}`, at)));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.readerBus.cut('noticed');
    cloud.write({ key: 'k1' }, { key: 'k2' }, { key: 'k3' });
    cloud.requests();
    cloud.readerBus.mend('noticed');
    await cloud.clock.pass(4000);
    const verbs = cloud.requests().map((subject) => subject.split('.').at(-1));
    const repair = verbs.filter((verb) => verb !== 'check');
    expect(repair).toEqual(['since', 'digest', 'bucket', 'bucket', 'bucket', 'since']);
    expect(replica.size).toBe(2997);
  });

  it('calls its replicas stale when the writer has been silent for 5 s, and keeps them', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.publisher.stop();
    await cloud.clock.pass(4900);
    expect(replica.stale).toBe(false);
    await cloud.clock.pass(1200);
    expect(replica).toMatchObject({ stale: true, complete: true, size: 1 });
    cloud.publisher.start();
    await cloud.clock.pass(100);
    expect(replica.stale).toBe(false);
    expect(cloud.silences).toEqual([true, false]);
  });

  it('empties the replica of a removed table, even if it was not there when that happened', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'), put('b'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.readerBus.cut('noticed');
    cloud.tables.remove(T);
    cloud.readerBus.mend('noticed');
    await cloud.clock.pass(3000);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 0 });
    cloud.requests();
    await cloud.clock.pass(300_000);
    expect(new Set(cloud.requests())).toEqual(new Set(['l2gw.v1.req.r.check']));
    cloud.write(put('c'));
    await cloud.clock.pass(100);
    expect([...replica.entries()]).toEqual([['c', 1]]);
  });

  it('never takes an unknown table for an empty one', async () => {
    const cloud = new Cloud();
    const replica = cloud.follow();
    await cloud.clock.pass(200_000);
    expect(replica).toMatchObject({ complete: false, stale: true });
    expect(cloud.problems[0]).toEqual(new TableUnavailable(T, 'unknown'));
    cloud.write();
    await cloud.clock.pass(10_000);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 0 });
  });

  it('keeps what it has when it may not read any longer', async () => {
    let allowed = true;
    const cloud = new Cloud({ mayRead: () => allowed });
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    allowed = false;
    cloud.reader.ask(T);
    await cloud.clock.pass(1000);
    expect(replica).toMatchObject({ complete: true, stale: true, size: 1 });
    expect(cloud.problems).toEqual([new TableUnavailable(T, 'refused')]);
  });

  it('leaves out a row that it cannot decode, and counts it, without ever asking for it again', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'), put('b', 'bad'));
    const replica = cloud.follow();
    await cloud.clock.pass(400_000);
    expect([...replica.entries()]).toEqual([['a', 1]]);
    expect(replica).toMatchObject({ undecodable: 1, size: 1, complete: true, stale: false });
    expect(cloud.problems).toEqual([new Error('b cannot be decoded')]);
    cloud.write(put('b', 2));
    await cloud.clock.pass(100);
    expect(replica).toMatchObject({ undecodable: 0, size: 2 });
    expect(new Set(cloud.requests().slice(3))).toEqual(new Set(['l2gw.v1.req.r.check']));
  });

  it('begins with what it had before, stale until the writer has confirmed it', async () => {
    const before = new Cloud();
    before.write(put('a'), put('b'));
    const old = before.follow();
    await before.clock.pass(1000);
    const dump: unknown = JSON.parse(JSON.stringify(old.dump()));

    const cloud = new Cloud();
    cloud.write(put('a'), put('b'));
    cloud.server.stop();
    const replica = cloud.follow();
    const changes = changesOf(replica);
    expect(replica.restore({ ...old.dump(), rows: 'none' })).toBe(false);
    expect(replica.restore(dump)).toBe(true);
    expect(changes).toEqual([{ keys: ['a', 'b'], nowComplete: true }]);
    await cloud.clock.pass(1000);
    expect(replica).toMatchObject({ complete: true, stale: true, size: 2 });
    cloud.server.start();
    cloud.requests();
    await cloud.clock.pass(60_000);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 2 });
    expect(new Set(cloud.requests())).toEqual(new Set(['l2gw.v1.req.r.check']));
    expect(changes).toHaveLength(1);
  });

  it('knows up to which revision of the writer a quiet table is complete, when asked', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.tables.write('network/other', [put('x')]);
    const { revision } = cloud.tables.now();
    expect(replica.asOf).toBeLessThan(revision);
    cloud.reader.ask(T);
    await cloud.clock.pass(500);
    expect(replica.asOf).toBe(revision);
    expect(replica.revision).toBeLessThan(revision);
  });

  it('comes back later when the servers have enough to do', async () => {
    const cloud = new Cloud({}, 0);
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(10_000);
    expect(replica.complete).toBe(false);
    expect(cloud.requests().filter((subject) => subject.endsWith('snapshot')).length).toBeLessThan(8);
    expect(cloud.problems).toEqual([]);
  });

  it('repairs a few tables at a time', async () => {
    const cloud = new Cloud();
    const names = Array.from({ length: 30 }, (_, at) => `network/m${at}`);
    for (const name of names) cloud.tables.write(name, [put('a')]);
    const replicas = names.map((name) => cloud.follow(name));
    await cloud.clock.pass(26);
    expect(replicas.filter(({ complete }) => complete).length).toBeLessThan(30);
    await cloud.clock.pass(1000);
    expect(replicas.every(({ complete }) => complete)).toBe(true);
    expect(cloud.requests().filter((subject) => subject.endsWith('check'))).toHaveLength(1);
  });

  it('is told by the writer, not by time, that somebody else writes now', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    cloud.follow();
    await cloud.clock.pass(10_000);
    cloud.requests();
    const life = { epoch: 'e', revision: 99, instance: 'another', at: 1 };
    cloud.net.client().publish('l2gw.v1.life.api', JSON.stringify(life));
    await cloud.clock.pass(2100);
    expect(cloud.requests()).toContain('l2gw.v1.req.r.check');
  });

  it('survives nonsense on its subjects', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    const stranger = cloud.net.client();
    for (const body of ['', '{}', '{"kind":"delta"}', '[1]']) {
      stranger.publish('l2gw.v1.table.network.n1', body);
      stranger.publish('l2gw.v1.life.api', body);
    }
    await cloud.clock.pass(1000);
    expect(cloud.problems).toHaveLength(8);
    expect(replica).toMatchObject({ complete: true, stale: false, size: 1 });
  });

  it('hears no more of a table that it has left', async () => {
    const cloud = new Cloud();
    cloud.write(put('a'));
    const replica = cloud.follow();
    await cloud.clock.pass(1000);
    cloud.reader.unfollow(T);
    cloud.write(put('b'));
    await cloud.clock.pass(1000);
    expect(replica.size).toBe(1);
    expect(cloud.follow().complete).toBe(false);
  });
});

describe('A publisher', () => {
  it('beats 1 s and 4 s after the last delta of a table, and no more', async () => {
    const cloud = new Cloud();
    const beats: number[] = [];
    const start = cloud.clock.now();
    cloud.net
      .client()
      .subscribe('l2gw.v1.table.>', ({ body }) => body.includes('beat') && beats.push(cloud.clock.now() - start));
    cloud.write(put('a'));
    await cloud.clock.pass(500);
    cloud.write(put('b'));
    await cloud.clock.pass(60_000);
    expect(beats.map((ms) => Math.round(ms / 500) * 500)).toEqual([1500, 4500]);
  });

  it('remembers a bounded number of tables that are to beat', async () => {
    const clock = new VirtualClock();
    const sent: string[] = [];
    const bus = { publish: (subject: string) => void sent.push(subject) };
    const publisher = new TablePublisher({
      bus,
      writer: 'api',
      instance: 'i',
      clock,
      position: () => undefined,
      mostBeats: 10,
    });
    for (let at = 0; at < 100; at += 1) {
      publisher.publish('e', [{ table: `network/n${at}`, from: 0, to: 1, ops: [], digest: '0'.repeat(16) }]);
    }
    sent.length = 0;
    await clock.pass(60_000);
    expect(sent).toHaveLength(20);
    expect(sent[0]).toBe('l2gw.v1.table.network.n90');
  });
});
