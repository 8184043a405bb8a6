import type { Bus } from '@l2gw/bus';
import { type Bound, type Replica, type RowOp, TablePublisher, TableReader, TableServer } from '../src/index.js';
import { chanceFrom } from './chance.js';
import { ModelBus, type ModelClient } from './model-bus.js';
import { SmallPages } from './small-pages.js';
import { VirtualClock } from './virtual-clock.js';

export interface Value {
  readonly value: number;
}

/** A cloud in virtual time: one truth, two API replicas of which one writes, one reader that follows two tables, one of them early. */
export class ReaderWorld {
  static readonly tables = ['network/n1', 'switch/s1'] as const;
  readonly clock = new VirtualClock();
  readonly net: ModelBus;
  readonly source = new SmallPages({ epoch: 'e', mostDrops: 2 });
  readonly problems: unknown[] = [];
  /** Broken promises of the replicas that are over by the time a spec looks. */
  readonly violations: string[] = [];
  /** What a consumer knows who only applies the changes it is told of. */
  readonly told = new Map<string, Map<string, Value>>();
  /** Whether publishers beat; life signs they give in any case. */
  beats: 'all' | 'none' = 'all';
  /** Of the table that is told early no more is held; without one, all of it. */
  bound: Bound | undefined;
  replicas = new Map<string, Replica<Value>>();
  private readonly random;
  private readonly servers: TableServer[] = [];
  private readonly apis: ModelClient[] = [];
  private readonly publishers: TablePublisher[] = [];
  private readerBus: ModelClient;
  private reader: TableReader | undefined;
  private active = 0;
  private instances = 0;
  private saved: () => void;

  constructor(
    seed: number,
    /** How often the reader has everything checked. */
    private readonly checkMs: readonly [number, number] = [60_000, 120_000],
  ) {
    this.random = chanceFrom(seed);
    this.net = new ModelBus(this.clock, this.random);
    this.readerBus = this.net.client();
    for (const table of ReaderWorld.tables) this.source.write(table, []);
    this.saved = this.source.save();
    for (const at of [0, 1]) this.addApi(at);
    this.publishers[this.active]?.start();
  }

  write(table: string, ops: readonly RowOp[]): void {
    const delta = this.source.write(table, ops);
    this.publishers[this.active]?.publish(this.source.epoch, [delta]);
  }

  /** The writer commits and dies before it can tell. */
  writeUntold(table: string, ops: readonly RowOp[]): void {
    this.source.write(table, ops);
    this.restartWriter();
  }

  remove(table: string): void {
    this.publishers[this.active]?.publish(this.source.epoch, [this.source.remove(table)]);
  }

  restartWriter(): void {
    this.publishers[this.active]?.stop();
    this.publishers[this.active] = this.newPublisher(this.active);
    this.publishers[this.active]?.start();
  }

  switchOver(): void {
    this.publishers[this.active]?.stop();
    this.servers[this.active]?.stop();
    this.active = 1 - this.active;
    this.servers[this.active]?.start();
    this.restartWriter();
  }

  bothServe(): void {
    for (const server of this.servers) server.start();
  }

  save(): void {
    this.saved = this.source.save();
  }

  /** A backup is restored: rows and revisions are what they were, nobody says so. */
  setBack(): void {
    this.saved();
    this.restartWriter();
  }

  cut(how: 'noticed' | 'unnoticed'): void {
    this.readerBus.cut(how);
  }

  mend(how: 'noticed' | 'unnoticed'): void {
    if (this.readerBus.isCut) this.readerBus.mend(how);
  }

  startReader(from: 'nothing' | 'dump'): void {
    const dumps =
      from === 'dump' ? [...this.replicas.values()].filter(({ complete }) => complete).map((old) => old.dump()) : [];
    this.reader?.stop();
    this.replicas = new Map();
    this.readerBus = this.net.client();
    this.reader = this.newReader();
    for (const table of ReaderWorld.tables) this.follow(this.reader, table);
    for (const dump of dumps) this.replicas.get(dump.table)?.restore(JSON.parse(JSON.stringify(dump)));
    this.reader.start();
  }

  private follow(reader: TableReader, table: string): void {
    const isEarly = table === ReaderWorld.tables[1];
    const bound = isEarly && this.bound ? { bound: this.bound } : {};
    const how = { persist: true, ...(isEarly ? { early: ['k1'] } : {}), ...bound };
    const replica = reader.follow(table, decodeValue, how);
    const told = new Map<string, Value>();
    this.told.set(table, told);
    this.replicas.set(table, replica);
    let completions = 0;
    replica.onChange(({ keys, nowComplete }) => {
      if (nowComplete) completions += 1;
      if ((!replica.complete && !isEarly) || completions > 1 || (replica.complete && completions === 0))
        this.violations.push(`${table} changed before it was complete, or completed twice`);
      for (const key of keys) {
        const row = replica.get(key);
        if (!row && !replica.complete) this.violations.push(`${key} was taken back early`);
        if (row?.value === told.get(key)?.value) this.violations.push(`${key} was told without having changed`);
        if (row) told.set(key, row);
        else told.delete(key);
      }
      if (isEarly && this.bound && told.size > this.bound.most() + KEPT) this.violations.push(`${table} told too much`);
    });
  }

  private newReader(): TableReader {
    return new TableReader({
      bus: this.readerBus,
      client: 'reader',
      writer: 'api',
      checkMs: this.checkMs,
      clock: this.clock,
      random: this.random,
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  private addApi(at: number): void {
    const bus = this.net.client();
    this.apis.push(bus);
    this.servers.push(new TableServer({ bus, source: this.source, random: this.random }));
    this.publishers.push(this.newPublisher(at));
    if (at === this.active) this.servers[at]?.start();
  }

  private newPublisher(at: number): TablePublisher {
    const bus = this.apis[at];
    if (!bus) throw new Error(`no api ${at}`);
    this.instances += 1;
    const instance = `i${this.instances}`;
    const publish: Bus['publish'] = (subject, body) => {
      if (this.beats === 'all' || !body.startsWith('{"kind":"beat"')) bus.publish(subject, body);
    };
    return new TablePublisher({
      bus: { publish },
      writer: 'api',
      instance,
      clock: this.clock,
      position: () => this.source.now(),
    });
  }
}

/** What a bound keeps in any case. */
const KEPT = 1;

function decodeValue(key: string, raw: unknown): Value {
  if (typeof raw === 'object' && raw && 'value' in raw && typeof raw.value === 'number') return { value: raw.value };
  throw new Error(`${key} has no value`);
}
