import { backOff, between, type CancelTimer, type Clock, type Random } from './clock.js';
import { type PushCalls, PushRefusedError } from './push-calls.js';
import { digestAfter, type PushedTable } from './push-table.js';
import type { KeyedRow } from './source.js';

export interface PushSessionOptions {
  readonly epoch: number;
  readonly table: PushedTable;
  readonly calls: PushCalls;
  readonly clock: Clock;
  readonly random: Random;
  readonly verifyMs: readonly [from: number, to: number];
  readonly onSettled: () => void;
  readonly onFenced: (currentEpoch: number) => void;
  readonly onProblem: (error: unknown) => void;
}

/** A message that is sent again, unchanged, until its answer is known: so one position means one content. */
interface Batch {
  readonly to: number;
  /** As JSON. */
  readonly ops: readonly string[];
}

/** Pushes under one epoch: one request in flight, a comparison of digests whenever the receiver is not where we left it. */
export class PushSession {
  /** The highest position that we or the receiver ever used; every new one is above it, so none has two meanings. */
  private highest = 0;
  /** Where the receiver stands, as far as we know; undefined if only a comparison can tell. */
  private position: number | undefined;
  private batch: Batch | undefined;
  private failures = 0;
  private verifyDue = false;
  private working = false;
  private over = false;
  private cancelTimer: CancelTimer = () => {};

  constructor(private readonly options: PushSessionOptions) {}

  /** The receiver has confirmed everything. */
  get idle(): boolean {
    return this.position !== undefined && this.batch === undefined && !this.options.table.dirty;
  }

  start(): void {
    this.step();
  }

  end(): void {
    this.over = true;
    this.cancelTimer();
  }

  /**
   * The table has changed. Changes that come at once go together; what comes during a request or a pause goes afterwards, so a single
   * change need not wait for company.
   */
  wake(): void {
    if (this.working || this.failures > 0 || !this.options.table.dirty) return;
    this.working = true;
    this.later(0);
  }

  private later(ms: number, run: () => void = () => this.step()): void {
    this.cancelTimer();
    this.cancelTimer = this.options.clock.setTimer(ms, run);
  }

  private step(): void {
    this.working = true;
    this.work().then(
      () => this.rest(),
      (error: unknown) => this.failed(error),
    );
  }

  private async work(): Promise<void> {
    do {
      if (this.position === undefined) await this.repair();
      else if (this.batch !== undefined || this.options.table.dirty) await this.push(this.position);
      else if (this.verifyDue) await this.verify(this.position);
      this.failures = 0;
    } while (!this.over && (!this.idle || this.verifyDue));
  }

  private rest(): void {
    if (this.over) return;
    this.working = false;
    this.later(between(...this.options.verifyMs, this.options.random), () => {
      this.verifyDue = true;
      this.step();
    });
    this.options.onSettled();
  }

  private failed(error: unknown): void {
    if (this.over) return;
    const refused = error instanceof PushRefusedError ? error.answer : undefined;
    if (refused?.refused === 'epoch') return this.options.onFenced(refused.epoch);
    if (refused?.refused !== 'busy') this.options.onProblem(error);
    this.failures += 1;
    const least = refused?.refused === 'busy' ? refused.retryAfterMs : 0;
    this.later(Math.max(least, backOff(this.failures, 100, 30_000, this.options.random)));
  }

  private async push(from: number): Promise<void> {
    this.batch ??= { to: this.next(), ops: this.options.table.take() };
    const { to, ops } = this.batch;
    const answer = await this.options.calls.apply({ epoch: this.options.epoch, from, to }, ops);
    this.position = answer.position === to ? to : undefined;
    this.batch = undefined;
    if (this.position === undefined) this.highest = Math.max(this.highest, answer.position);
  }

  /** Digest first: only the buckets that differ are sent, and the result is verified before it counts. */
  private async repair(): Promise<void> {
    const { calls, epoch, table } = this.options;
    this.batch = undefined;
    const buckets = table.beginComparison();
    const { differing, position } = await calls.compare({ epoch, buckets });
    this.highest = Math.max(this.highest, position);
    const [at, to] = [this.next(), this.next()];
    const replaced = new Map<number, readonly KeyedRow[]>();
    for (const [bucket, keys] of table.keysIn(differing)) {
      if (this.over) return;
      const rows = table.rowsOf(keys);
      replaced.set(bucket, rows);
      await calls.replace({ epoch, at, bucket, rows });
      this.failures = 0;
    }
    await this.settle(at, to, digestAfter(buckets, replaced));
  }

  private async verify(position: number): Promise<void> {
    this.verifyDue = false;
    await this.settle(position, position, this.options.table.digest());
  }

  private async settle(at: number, to: number, digest: string): Promise<void> {
    const answer = await this.options.calls.settle({ epoch: this.options.epoch, at, to, digest });
    const agreed = answer.position === to && answer.digest === digest;
    this.position = agreed ? to : undefined;
    this.highest = Math.max(this.highest, answer.position);
    if (!agreed) throw new Error(`the receiver is at ${answer.position}, not at ${to}, or has other rows`);
  }

  private next(): number {
    this.highest += 1;
    return this.highest;
  }
}
