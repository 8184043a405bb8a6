import type { Asker } from './asker.js';
import { BusyError } from './asker.js';
import { backOff, between, type CancelTimer, type Clock, type Random } from './clock.js';
import { Doubts } from './doubts.js';
import type { CheckAnswer, CheckEntry } from './source.js';

export interface ChecksOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly asker: Asker;
  /** What we have of the named tables, or of all. */
  readonly entries: (tables: ReadonlySet<string> | 'all') => readonly CheckEntry[];
  readonly onAnswer: (reported: readonly CheckEntry[], answer: CheckAnswer) => void;
  readonly onProblem: (error: unknown) => void;
  /** Bounds of the jittered interval between checks of everything. */
  readonly intervalMs: readonly [from: number, to: number];
  /** How long a doubt about single tables waits for others. */
  readonly lingerMs: number;
}

/** Tables named in one request at most. */
const VECTOR = 1000;

/** Between two checks at least, so that two writers who contradict each other cannot make us ask without end. */
const GAP = 250;

/** When to ask the writer whether everything is as we have it: one check in flight, doubts are collected meanwhile. */
export class Checks {
  private doubtful: Set<string> | 'all' = new Set();
  private running = false;
  private failures = 0;
  private due = Number.POSITIVE_INFINITY;
  private begun = Number.NEGATIVE_INFINITY;
  private cancelTimer: CancelTimer = () => {};
  private stopped = false;
  private waiting: (() => void)[] = [];
  private readonly doubts: Doubts;

  constructor(private readonly options: ChecksOptions) {
    const { clock, random } = options;
    this.doubts = new Doubts({ clock, random, ask: (table) => this.table(table) });
  }

  /** Check all tables within `withinMs`, at a moment left to chance. */
  all(withinMs: number): void {
    this.doubtful = 'all';
    this.failures = 0;
    this.schedule(between(0, withinMs, this.options.random));
  }

  /** Checks all tables at once; resolves when the writer has answered for all of them, which may be never. */
  now(): Promise<void> {
    this.all(0);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  table(name: string): void {
    if (this.doubtful !== 'all') this.doubtful.add(name);
    this.schedule(between(this.options.lingerMs / 2, this.options.lingerMs, this.options.random));
  }

  /** The writer had nothing to say about the table: it is asked again before long. Answers whether this is news. */
  doubted(name: string): boolean {
    return this.doubts.doubt(name);
  }

  settled(name: string): void {
    this.doubts.settle(name);
  }

  stop(): void {
    this.stopped = true;
    this.doubts.stop();
    this.cancelTimer();
  }

  private schedule(ms: number): void {
    const now = this.options.clock.now();
    const at = Math.max(now + ms, this.begun + GAP);
    if (this.running || this.failures > 0 || this.stopped || at >= this.due) return;
    this.setDue(at, at - now);
  }

  private setDue(at: number, ms: number): void {
    this.due = at;
    this.cancelTimer();
    this.cancelTimer = this.options.clock.setTimer(ms, () => this.begin());
  }

  private begin(): void {
    const asked = this.isNothingDoubted() ? 'all' : this.doubtful;
    this.doubtful = new Set();
    this.due = Number.POSITIVE_INFINITY;
    this.running = true;
    this.begun = this.options.clock.now();
    this.ask(this.options.entries(asked)).then(
      () => this.ended(),
      (error: unknown) => this.failed(asked, error),
    );
  }

  private async ask(entries: readonly CheckEntry[]): Promise<void> {
    for (let at = 0; at < entries.length && !this.stopped; at += VECTOR) {
      const reported = entries.slice(at, at + VECTOR);
      const answer = await this.options.asker.check(reported);
      if (!this.stopped) this.options.onAnswer(reported, answer);
    }
  }

  private ended(): void {
    this.running = false;
    this.failures = 0;
    if (this.stopped) return;
    if (!this.isNothingDoubted()) return this.schedule(this.options.lingerMs);
    for (const resolve of this.waiting.splice(0)) resolve();
    this.schedule(between(...this.options.intervalMs, this.options.random));
  }

  private failed(asked: ReadonlySet<string> | 'all', error: unknown): void {
    this.running = false;
    this.failures += 1;
    if (this.stopped) return;
    if (!(error instanceof BusyError)) this.options.onProblem(error);
    this.doubtful = asked === 'all' || this.doubtful === 'all' ? 'all' : new Set([...asked, ...this.doubtful]);
    const least = error instanceof BusyError ? error.retryAfterMs : 0;
    const ms = Math.max(least, backOff(this.failures - 1, 500, 30_000, this.options.random));
    this.setDue(this.options.clock.now() + ms, ms);
  }

  private isNothingDoubted(): boolean {
    return this.doubtful !== 'all' && this.doubtful.size === 0;
  }
}
