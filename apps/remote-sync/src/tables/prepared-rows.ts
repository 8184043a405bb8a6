import type { Replica, ReplicaChange, StopListening } from '@l2gw/tables';

/** What is read of a table by those who do not fill it. */
export type Rows<Row> = Pick<Replica<Row>, 'complete' | 'get' | 'entries' | 'onChange'>;

/** The same with what is known of the table. */
export type HeardRows<Row> = Rows<Row> &
  Pick<Replica<Row>, 'confirmed' | 'diverging' | 'partial' | 'undecodable' | 'asOf' | 'revision' | 'keys'>;

/** What becomes of a row; undefined: it is left out. Told of keys that are gone, too. */
export type Prepare<Row> = (key: string, row: Row | undefined) => Row | undefined;

/** `waiting`: it is not known yet what is to be done with the rows; `none`: they are good as they are. */
export type Preparation<Row> = 'waiting' | 'none' | Prepare<Row>;

/** How long others wait for us at the most: a signature takes some 50 µs, its check three times as long. */
const SLICE_MS = 10;

/** The rows of a table after something slow was done with each of them, a slice at a time; whole only when it was with all. */
export class PreparedRows<Row> implements HeardRows<Row> {
  private readonly done = new Map<string, Row>();
  private readonly queue = new Set<string>();
  private readonly listeners = new Set<(change: ReplicaChange) => void>();
  private readonly stopListening: StopListening;
  private isWhole = false;
  private next: NodeJS.Immediate | undefined;

  constructor(
    private readonly source: HeardRows<Row>,
    private preparation: Preparation<Row>,
  ) {
    this.stopListening = source.onChange((change) => this.changed(change));
    this.again();
  }

  get complete(): boolean {
    return this.preparation === 'none' ? this.source.complete : this.isWhole;
  }

  get confirmed(): boolean {
    return this.complete && this.source.confirmed;
  }

  get diverging(): boolean {
    return this.source.diverging;
  }

  get partial(): boolean {
    return this.source.partial;
  }

  get undecodable(): number {
    return this.source.undecodable;
  }

  get asOf(): number {
    return this.source.asOf;
  }

  get revision(): number {
    return this.source.revision;
  }

  get(key: string): Row | undefined {
    return this.preparation === 'none' ? this.source.get(key) : this.done.get(key);
  }

  entries(): IterableIterator<[string, Row]> {
    return this.preparation === 'none' ? this.source.entries() : this.done.entries();
  }

  /** Also of those that were left out. */
  keys(): IterableIterator<string> {
    return this.source.keys();
  }

  onChange(listener: (change: ReplicaChange) => void): StopListening {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Something else is to be done with all rows from now on. */
  become(preparation: Preparation<Row>): void {
    if (typeof this.preparation === 'string') this.isWhole = false;
    this.preparation = preparation;
    if (typeof preparation === 'string') this.forget();
    if (preparation === 'none') this.tell([], this.source.complete);
    else this.again();
  }

  /** The same is to be done once more with all rows. */
  again(): void {
    if (typeof this.preparation === 'string') return;
    for (const key of this.done.keys()) this.queue.add(key);
    for (const [key] of this.source.entries()) this.queue.add(key);
    this.run();
  }

  stop(): void {
    this.stopListening();
    clearImmediate(this.next);
    this.listeners.clear();
  }

  private forget(): void {
    clearImmediate(this.next);
    this.next = undefined;
    this.queue.clear();
    this.done.clear();
    this.isWhole = false;
  }

  private changed(change: ReplicaChange): void {
    if (this.preparation === 'waiting') return;
    if (this.preparation === 'none') return this.tell(change.keys, change.nowComplete);
    for (const key of change.keys) this.queue.add(key);
    this.run();
  }

  /** A change of a few rows is through at once. */
  private run(): void {
    if (this.next === undefined) this.slice();
  }

  private slice(): void {
    this.next = undefined;
    const until = performance.now() + SLICE_MS;
    const changed: string[] = [];
    for (const key of this.queue) {
      this.queue.delete(key);
      this.prepare(key);
      changed.push(key);
      if (performance.now() >= until) break;
    }
    const nowComplete = !this.isWhole && this.queue.size === 0 && this.source.complete;
    if (nowComplete) this.isWhole = true;
    if (this.queue.size > 0) this.next = setImmediate(() => this.slice());
    this.tell(changed, nowComplete);
  }

  private prepare(key: string): void {
    if (typeof this.preparation === 'string') return;
    const row = this.preparation(key, this.source.get(key));
    if (row === undefined) this.done.delete(key);
    else this.done.set(key, row);
  }

  private tell(keys: readonly string[], nowComplete: boolean): void {
    if (keys.length === 0 && !nowComplete) return;
    for (const listener of [...this.listeners]) listener({ keys, nowComplete, nowConfirmed: false });
  }
}
