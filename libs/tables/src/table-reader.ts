import type { Bus, Subscription } from '@l2gw/bus';
import { Asker } from './asker.js';
import type { Bound } from './bound.js';
import { Checks } from './checks.js';
import { type Clock, type Random, systemClock, type Timing } from './clock.js';
import { decodeLifeSign } from './decode.js';
import { Following } from './following.js';
import { LifeWatch } from './life-watch.js';
import { Repair, type RepairOutcome } from './repair.js';
import { Repairs } from './repairs.js';
import type { RepairKind } from './receive.js';
import type { DecodeRow, Replica } from './replica.js';
import type { CheckAnswer, CheckEntry } from './source.js';
import { TableSubjects } from './subjects.js';
import { TableCopy } from './table-copy.js';

export interface TableReaderOptions extends Timing {
  readonly bus: Bus;
  readonly root?: string;
  /** The id of this program: the bus lets it ask under no other. */
  readonly client: string;
  /** Whose life signs tell whether the tables are up to date. All tables of one reader have this writer. */
  readonly writer: string;
  /** How long a request may take. Default 5 s. */
  readonly timeoutMs?: number;
  /** Repairs at a time. Default 4. */
  readonly mostRepairs?: number;
  /** Bounds of the jittered interval between checks of everything. Default 60–120 s. */
  readonly checkMs?: readonly [from: number, to: number];
  /** Within which time to check everything after a reconnect or when somebody else writes now. Default 2 s. */
  readonly settleMs?: number;
  readonly onSilence?: (silent: boolean) => void;
  /** Failed requests (they are retried), undecodable messages and rows, tables that are unknown or refused. */
  readonly onProblem?: (problem: unknown) => void;
}

export interface FollowOptions {
  /** Keep the raw rows too, so that the replica can be dumped. */
  readonly persist?: boolean;
  /**
   * Listeners hear of rows while the copy is fetched, too, before it is complete: of these keys first, then page by page. Until then
   * nothing can be told from the absence of a row. If absent, they hear of nothing before.
   */
  readonly early?: readonly string[];
  /** Without one the whole table is held, however large it is. */
  readonly bound?: Bound;
}

/** Keeps replicas of a writer's tables: listens, notices what it missed, and asks for it. */
export class TableReader {
  private readonly subjects: TableSubjects;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly asker: Asker;
  private readonly checks: Checks;
  private readonly repairs: Repairs;
  private readonly life: LifeWatch;
  private readonly tables = new Map<string, Following>();
  private subscriptions: readonly Subscription[] = [];
  private wasConnected = false;

  constructor(private readonly options: TableReaderOptions) {
    const { bus, client, timeoutMs = 5000 } = options;
    this.subjects = new TableSubjects(options.root);
    this.clock = options.clock ?? systemClock;
    this.random = options.random ?? Math.random;
    this.asker = new Asker(bus, this.subjects, client, timeoutMs);
    this.life = new LifeWatch(this.clock, (silent) => options.onSilence?.(silent));
    this.checks = this.newChecks();
    this.repairs = this.newRepairs();
  }

  /** Whether the writer has given no life sign for 5 s. */
  get silent(): boolean {
    return this.life.silent;
  }

  start(): void {
    const { bus, writer } = this.options;
    this.life.start();
    this.subscriptions = [
      bus.subscribe(this.subjects.life(writer), ({ body }) => this.heard(body)),
      bus.onStatus((connected) => connected && this.reconnected()),
    ];
    if (bus.connected) this.reconnected();
  }

  stop(): void {
    for (const subscription of this.subscriptions) subscription.stop();
    for (const table of [...this.tables.keys()]) this.unfollow(table);
    this.checks.stop();
    this.repairs.stop();
    this.life.stop();
  }

  /** The replica is incomplete first and fills as soon as the writer answers. */
  follow<Row>(table: string, decode: DecodeRow<Row>, { persist = false, ...more }: FollowOptions = {}): Replica<Row> {
    if (this.tables.has(table)) throw new Error(`${table} is followed already`);
    const copy = new TableCopy({
      name: table,
      decode,
      persist,
      ...more,
      writerIsSilent: () => this.life.silent,
      onProblem: (error) => this.options.onProblem?.(error),
    });
    const following = new Following(copy, this.checks, this.repairs, (error) => this.options.onProblem?.(error));
    this.tables.set(table, following);
    following.listen(this.options.bus, this.subjects.table(table));
    this.checks.table(table);
    return copy;
  }

  unfollow(table: string): void {
    this.tables.get(table)?.stop();
    this.tables.delete(table);
    this.repairs.forget(table);
  }

  /** Has the writer confirm a table soon; `asOf` of its replica tells when it has. */
  ask(table: string): void {
    this.checks.table(table);
  }

  /** Has the writer confirm all tables at once; what has failed is tried again. Resolves when it has answered, which may be never. */
  askAll(): Promise<void> {
    this.repairs.hurry();
    return this.checks.now();
  }

  /** Resolves when nothing is left to be fetched, which may be never. */
  settled(): Promise<void> {
    return this.repairs.settled();
  }

  private heard(body: string): void {
    try {
      if (this.life.hear(decodeLifeSign(body))) this.checks.all(this.options.settleMs ?? 2000);
    } catch (error) {
      this.options.onProblem?.(error);
    }
  }

  /** Whoever knows nothing yet asks at once; the others need not all ask at the same time. */
  private reconnected(): void {
    this.checks.all(this.wasConnected ? (this.options.settleMs ?? 2000) : 0);
    this.wasConnected = true;
    this.repairs.hurry();
  }

  private answered(reported: readonly CheckEntry[], answer: CheckAnswer): void {
    const differing = new Map(answer.differing.map((found) => [found.table, found]));
    for (const entry of reported) this.tables.get(entry.table)?.checked(entry, answer, differing.get(entry.table));
  }

  private async repair(table: string, kind: RepairKind): Promise<RepairOutcome> {
    const following = this.tables.get(table);
    if (!following) return 'repaired';
    return new Repair(this.asker, following.copy, following).run(kind);
  }

  private newChecks(): Checks {
    return new Checks({
      clock: this.clock,
      random: this.random,
      asker: this.asker,
      entries: (names) =>
        [...this.tables.values()]
          .map(({ copy }) => copy.entry())
          .filter(({ table }) => names === 'all' || names.has(table)),
      onAnswer: (reported, answer) => this.answered(reported, answer),
      onProblem: (error) => this.options.onProblem?.(error),
      intervalMs: this.options.checkMs ?? [60_000, 120_000],
      lingerMs: 20,
    });
  }

  private newRepairs(): Repairs {
    return new Repairs({
      clock: this.clock,
      random: this.random,
      most: this.options.mostRepairs ?? 4,
      run: (table, kind) => this.repair(table, kind),
      onDone: (table, outcome) => this.tables.get(table)?.repaired(outcome),
      onProblem: (error) => this.options.onProblem?.(error),
    });
  }
}
