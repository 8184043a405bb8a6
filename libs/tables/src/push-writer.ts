import type { Bus } from '@l2gw/bus';
import { systemClock, type Timing } from './clock.js';
import { PushCalls } from './push-calls.js';
import { PushSession } from './push-session.js';
import { PushTable } from './push-table.js';
import { TableSubjects } from './subjects.js';

export interface PushWriterOptions extends Timing {
  readonly bus: Bus;
  readonly root?: string;
  /** The id of this program: the bus lets it push under no other. */
  readonly client: string;
  readonly table: string;
  /** How long a request may take. Default 5 s. */
  readonly timeoutMs?: number;
  /** Bounds of the jittered interval at which an idle writer has its digest confirmed. Default 60–120 s. */
  readonly verifyMs?: readonly [from: number, to: number];
  /** Somebody else was given a higher epoch: nothing is sent any more until `open` is called with a new one. */
  readonly onFenced?: (currentEpoch: number) => void;
  /** Failures that are retried; and being refused, which an operator must look at. */
  readonly onProblem?: (error: unknown) => void;
}

/** `waiting`: for `open`. `pushing`: something is not confirmed yet. `settled`: the receiver has exactly our rows. */
export type PushWriterStatus = 'waiting' | 'pushing' | 'settled' | 'fenced' | 'stopped';

/**
 * An agent's table, kept equal at the receiver. Changes are coalesced by key, so what waits is bounded by the table's size.
 * Nothing is sent before `open`: an agent opens when it has won its epoch and has filled in its first full dump.
 */
export class PushWriter<Row extends object = object> {
  private readonly rows = new PushTable<Row>();
  private readonly calls: PushCalls;
  private session: PushSession | undefined;
  private ended: 'waiting' | 'fenced' | 'stopped' = 'waiting';
  private waiters: Waiter[] = [];

  constructor(private readonly options: PushWriterOptions) {
    const subject = new TableSubjects(options.root).push(options.client, options.table);
    this.calls = new PushCalls(options.bus, subject, options.timeoutMs ?? 5000);
  }

  get size(): number {
    return this.rows.size;
  }

  get status(): PushWriterStatus {
    if (!this.session) return this.ended;
    return this.session.idle ? 'settled' : 'pushing';
  }

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  /** The row must not be changed afterwards. Putting an equal row again changes nothing. */
  put(key: string, row: Row): void {
    this.rows.put(key, row);
    this.session?.wake();
  }

  drop(key: string): void {
    this.rows.drop(key);
    this.session?.wake();
  }

  /** Makes the table exactly these rows; only what differs is sent. */
  replaceAll(rows: Iterable<readonly [key: string, row: Row]>): void {
    this.rows.replaceAll(rows);
    this.session?.wake();
  }

  /** Drops all rows but those whose keys are to be kept. */
  keepOnly(keeps: (key: string) => boolean): void {
    this.rows.keepOnly(keeps);
    this.session?.wake();
  }

  /**
   * Begins to push under an epoch, first by comparing digests: an equal table costs no write. Each session needs an epoch of its
   * own, a restarted program too: positions are counted anew and mean something within one session only.
   */
  open(epoch: number): void {
    if (this.ended === 'stopped') return;
    this.session?.end();
    const session = new PushSession({
      epoch,
      table: this.rows,
      calls: this.calls,
      clock: this.options.clock ?? systemClock,
      random: this.options.random ?? Math.random,
      verifyMs: this.options.verifyMs ?? [60_000, 120_000],
      onSettled: () => this.release(),
      onFenced: (current) => this.fence(session, current),
      onProblem: (error) => this.options.onProblem?.(error),
    });
    this.session = session;
    session.start();
  }

  /** Resolves when the receiver has confirmed everything put so far; rejects if the writer is stopped before. */
  settled(): Promise<void> {
    if (this.status === 'settled') return Promise.resolve();
    if (this.status === 'stopped') return Promise.reject(new Error(`${this.options.table}: the writer is stopped`));
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  stop(): void {
    this.endSession('stopped');
    for (const { reject } of this.waiters.splice(0)) reject(new Error(`${this.options.table}: the writer was stopped`));
  }

  private fence(session: PushSession, current: number): void {
    if (this.session !== session) return;
    this.endSession('fenced');
    this.options.onFenced?.(current);
  }

  private endSession(ended: 'fenced' | 'stopped'): void {
    this.session?.end();
    this.session = undefined;
    this.ended = ended;
  }

  private release(): void {
    for (const { resolve } of this.waiters.splice(0)) resolve();
  }
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}
