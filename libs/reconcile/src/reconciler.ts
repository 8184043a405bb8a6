import { type BackOff, delayAfter } from './back-off.js';
import { MarkedKeys } from './marked-keys.js';

export interface ReconcilerOptions<Key> {
  /**
   * Brings these keys from what is to what should be; it reads both sides itself. Rejecting means that none of them is known to be
   * done: they are tried again, unless the reason is a `Terminal`.
   */
  readonly reconcile: (keys: readonly Key[], signal: AbortSignal) => Promise<void>;
  /** Keys of one attempt at the most. */
  readonly batch: number;
  /** Attempts under way at once at the most. */
  readonly window: number;
  readonly backOff: BackOff;
  /** Told of every failed attempt. */
  readonly onFailure: (failure: Failure<Key>) => void;
}

export interface Failure<Key> {
  readonly keys: readonly Key[];
  readonly error: unknown;
  /** `undefined` when the keys rest until they are marked again. */
  readonly retryInMs: number | undefined;
}

/** Trying again cannot help until something changes: the keys rest until they are marked again. */
export class Terminal extends Error {
  override readonly name: string = 'Terminal';
}

interface Attempt<Key> {
  readonly keys: readonly Key[];
  readonly failures: number;
}

/**
 * Brings one key after another from what is to what should be.
 * A key says only *that* something may differ, never *what*. Marking a key again while it is being worked on makes one more pass,
 * not two. A failed batch is tried once more as it is, then key by key, so that one bad key cannot hold up the others.
 */
export class Reconciler<Key> {
  private readonly marked = new MarkedKeys<Key>();
  private readonly busy = new Set<Key>();
  private readonly again = new Set<Key>();
  private readonly retries: Attempt<Key>[] = [];
  private readonly resting = new Map<NodeJS.Timeout, Attempt<Key>>();
  private readonly waiting = new Set<() => void>();
  private readonly stopping = new AbortController();
  private running = 0;
  private started = false;
  private scheduled = false;

  constructor(private readonly options: ReconcilerOptions<Key>) {}

  mark(...keys: readonly Key[]): void {
    this.markAll(keys);
  }

  markAll(keys: Iterable<Key>): void {
    for (const key of keys) (this.busy.has(key) ? this.again : this.marked).add(key);
    this.wake();
  }

  /**
   * Thousands of keys, of which nothing is noted until they are taken: the first begin at once, and whoever is marked by itself meanwhile
   * need not wait for the others. It takes the place of what is left of a list of the same name. It must not change afterwards.
   */
  markList(name: string, keys: readonly Key[]): void {
    this.marked.list(name, keys);
    this.wake();
  }

  /** Forgets what was marked and not begun, for instance because its session has ended. */
  clear(): void {
    this.marked.clear();
    this.again.clear();
    this.retries.length = 0;
    for (const timer of this.resting.keys()) clearTimeout(timer);
    this.resting.clear();
    this.settle();
  }

  start(): void {
    this.started = true;
    this.wake();
  }

  /** Begins nothing new; resolves when the attempts under way have ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.clear();
    while (this.running > 0) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  /** Resolves when nothing is dirty, under way or waiting for its next try. */
  async settled(): Promise<void> {
    while (!this.idle) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  /** Keys that are marked, under way, or waiting for another try; one that is marked again while it is under way counts once. */
  get size(): number {
    return this.pending + this.busy.size - this.again.size;
  }

  get idle(): boolean {
    return this.pending === 0 && this.running === 0;
  }

  /** Keys that are known to need another pass. */
  get pending(): number {
    const counts = [...this.retries, ...this.resting.values()].map((attempt) => attempt.keys.length);
    return counts.reduce((sum, count) => sum + count, this.marked.size + this.again.size);
  }

  /** Marks of one turn of the event loop share a batch. */
  private wake(): void {
    if (!this.started || this.scheduled || this.stopping.signal.aborted) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      while (this.running < this.options.window) {
        const attempt = this.next();
        if (attempt === undefined) break;
        void this.attempt(attempt);
      }
      this.settle();
    });
  }

  private next(): Attempt<Key> | undefined {
    if (this.stopping.signal.aborted) return undefined;
    for (let retry = this.retries.shift(); retry !== undefined; retry = this.retries.shift()) {
      const free = retry.keys.filter((key) => !this.busy.has(key));
      for (const key of retry.keys) if (this.busy.has(key)) this.again.add(key);
      for (const key of free) {
        this.marked.drop(key);
        this.busy.add(key);
      }
      if (free.length > 0) return { keys: free, failures: retry.failures };
    }
    const keys = this.take();
    return keys.length === 0 ? undefined : { keys, failures: 0 };
  }

  /** They are busy from here on: a key that is marked by itself and in a list is not taken twice. */
  private take(): readonly Key[] {
    const keys: Key[] = [];
    while (keys.length < this.options.batch) {
      const key = this.marked.next();
      if (key === undefined) break;
      if (this.busy.has(key)) this.again.add(key);
      else keys.push(key);
      this.busy.add(key);
    }
    return keys;
  }

  private async attempt(attempt: Attempt<Key>): Promise<void> {
    this.running += 1;
    try {
      await this.options.reconcile(attempt.keys, this.stopping.signal);
    } catch (error) {
      this.failed(attempt, error);
    } finally {
      this.running -= 1;
      for (const key of attempt.keys) this.release(key);
      this.wake();
      this.settle();
    }
  }

  private release(key: Key): void {
    this.busy.delete(key);
    if (this.again.size > 0 && this.again.delete(key)) this.marked.add(key);
  }

  private failed(attempt: Attempt<Key>, error: unknown): void {
    const retryInMs = error instanceof Terminal ? undefined : delayAfter(this.options.backOff, attempt.failures);
    this.options.onFailure({ keys: attempt.keys, error, retryInMs });
    if (retryInMs === undefined || this.stopping.signal.aborted) return;
    const failures = attempt.failures + 1;
    const tries = failures === 1 ? [attempt.keys] : attempt.keys.map((key) => [key]);
    for (const keys of tries) this.rest({ keys, failures }, retryInMs);
  }

  private rest(attempt: Attempt<Key>, delayMs: number): void {
    const timer = setTimeout(() => {
      this.resting.delete(timer);
      this.retries.push(attempt);
      this.wake();
    }, delayMs);
    this.resting.set(timer, attempt);
  }

  private settle(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
