import { BusyError } from './asker.js';
import { backOff, type CancelTimer, type Clock, type Random } from './clock.js';
import type { RepairKind } from './receive.js';
import type { RepairOutcome } from './repair.js';
import { RepairOvertaken } from './repair-overtaken.js';

export interface RepairsOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Repairs at a time, over all tables. */
  readonly most: number;
  readonly run: (table: string, kind: RepairKind) => Promise<RepairOutcome>;
  /** A repair has come to an end; whatever is still wrong is to be wanted again. */
  readonly onDone: (table: string, outcome: RepairOutcome) => void;
  readonly onProblem: (error: unknown) => void;
}

interface Case {
  wanted: RepairKind | undefined;
  running: boolean;
  failures: number;
  pausing: boolean;
  cancelPause: CancelTimer;
}

const COST: Readonly<Record<RepairKind, number>> = { since: 0, digest: 1, snapshot: 2 };

/** Which tables are being repaired: one repair at a time for each, a bounded number overall, with back-off after failures. */
export class Repairs {
  private readonly cases = new Map<string, Case>();
  private running = 0;
  private stopped = false;
  private waiting: (() => void)[] = [];

  constructor(private readonly options: RepairsOptions) {}

  /** Resolves when nothing is left to be repaired, which may be never. */
  settled(): Promise<void> {
    return this.isIdle() ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  isRunning(table: string): boolean {
    return this.cases.get(table)?.running ?? false;
  }

  /** Wanting again while a repair is waiting makes it as thorough as the more thorough of the two. */
  want(table: string, kind: RepairKind): void {
    const state = this.cases.get(table) ?? {
      wanted: undefined,
      running: false,
      failures: 0,
      pausing: false,
      cancelPause: () => {},
    };
    this.cases.set(table, state);
    if (state.wanted === undefined || COST[kind] > COST[state.wanted]) state.wanted = kind;
    this.next();
  }

  /** The wire is back: what failed for its sake need not wait any longer. */
  hurry(): void {
    for (const state of this.cases.values()) {
      state.cancelPause();
      state.pausing = false;
    }
    this.next();
  }

  /** What is wanted of the table waits so long. */
  rest(table: string, ms: number): void {
    const state = this.cases.get(table);
    if (state !== undefined) this.wait(state, ms, () => this.isSettled(state) && this.cases.delete(table));
  }

  forget(table: string): void {
    this.cases.delete(table);
    this.next();
  }

  stop(): void {
    this.stopped = true;
    this.cases.clear();
  }

  private next(): void {
    for (const [table, state] of this.cases) {
      if (this.stopped || this.running >= this.options.most) return;
      if (state.wanted !== undefined && !state.running && !state.pausing) this.begin(table, state, state.wanted);
    }
    if (this.waiting.length > 0 && this.isIdle()) for (const resolve of this.waiting.splice(0)) resolve();
  }

  private isIdle(): boolean {
    return this.running === 0 && [...this.cases.values()].every(({ wanted }) => wanted === undefined);
  }

  private begin(table: string, state: Case, kind: RepairKind): void {
    state.wanted = undefined;
    state.running = true;
    this.running += 1;
    this.options.run(table, kind).then(
      (outcome) => this.ended(table, state, outcome),
      (error: unknown) => this.failed(table, state, kind, error),
    );
  }

  private ended(table: string, state: Case, outcome: RepairOutcome): void {
    this.leave(state);
    if (outcome === 'repaired') state.failures = 0;
    else this.pause(state, 0);
    if (this.cases.get(table) === state) this.options.onDone(table, outcome);
    if (this.isSettled(state)) this.cases.delete(table);
    this.next();
  }

  private failed(table: string, state: Case, kind: RepairKind, error: unknown): void {
    this.leave(state);
    if (!(error instanceof BusyError) && !(error instanceof RepairOvertaken)) this.options.onProblem(error);
    this.pause(state, error instanceof BusyError ? error.retryAfterMs : 0);
    if (this.cases.get(table) === state) this.want(table, kind);
    this.next();
  }

  private leave(state: Case): void {
    state.running = false;
    this.running -= 1;
  }

  private pause(state: Case, least: number): void {
    state.failures += 1;
    this.wait(state, Math.max(least, backOff(state.failures - 1, 250, 30_000, this.options.random)));
  }

  private wait(state: Case, ms: number, onOver: () => unknown = () => undefined): void {
    state.pausing = true;
    state.cancelPause = this.options.clock.setTimer(ms, () => {
      state.pausing = false;
      onOver();
      this.next();
    });
  }

  private isSettled(state: Case): boolean {
    return state.wanted === undefined && !state.running && !state.pausing && state.failures === 0;
  }
}
