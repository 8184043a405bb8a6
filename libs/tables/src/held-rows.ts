import type { Bound } from './bound.js';
import { type HashedRow, HashedRows, hashed, type KeyedHash } from './hashed-rows.js';
import type { DecodeRow } from './replica.js';
import type { RowOp } from './source.js';

export interface HeldRowsOptions<Row> {
  readonly decode: DecodeRow<Row>;
  /** Keep the raw rows too, for `dump`. */
  readonly persist: boolean;
  readonly bound?: Bound | undefined;
  readonly onProblem: (error: unknown) => void;
}

/** The rows of a copy as they were sent and as they were understood; of a table that is larger than its bound, some of them. */
export class HeldRows<Row> {
  undecodable = 0;
  /** The table has rows that were left out. */
  partial = false;
  readonly raws = new Map<string, object>();
  private readonly rows = new HashedRows<Row | undefined>();

  constructor(private readonly options: HeldRowsOptions<Row>) {}

  get size(): number {
    return this.rows.size;
  }

  /** How many more rows are wanted. */
  get room(): number {
    const { bound } = this.options;
    return bound === undefined ? Infinity : bound.most() - this.rows.size;
  }

  /** So little is left of what was held that the rest is to be looked at again. */
  get sparse(): boolean {
    return this.partial && this.room > this.rows.size;
  }

  get bound(): Bound | undefined {
    return this.options.bound;
  }

  has(key: string): boolean {
    return this.rows.has(key);
  }

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  keys(): IterableIterator<string> {
    return this.rows.keys();
  }

  *entries(): IterableIterator<[string, Row]> {
    for (const key of this.rows.keys()) {
      const row = this.rows.get(key);
      if (row !== undefined) yield [key, row];
    }
  }

  digest(): string {
    return this.rows.digest();
  }

  bucketDigests(): readonly string[] {
    return this.rows.bucketDigests();
  }

  /** Puts and drops what is not left out. Answers the keys whose row became another. */
  apply(ops: readonly RowOp[]): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const { key, row } of ops)
      if (!this.leavesOut(key, row) && this.set(key, row && hashed(key, row))) changed.add(key);
    return changed;
  }

  /** The same with rows whose hash is known. What has changed before is among the answer. */
  take(rows: Iterable<KeyedHash>, changed = new Set<string>()): Set<string> {
    for (const [key, row] of rows) if (!this.leavesOut(key, row) && this.set(key, row)) changed.add(key);
    return changed;
  }

  /** Drops the others, of these buckets if any are named. Answers the keys that are gone. */
  dropAllBut(rows: ReadonlyMap<string, HashedRow | undefined>, buckets: readonly number[] | undefined): Set<string> {
    const candidates = buckets ? [...this.rows.keysIn(buckets).values()].flat() : [...this.rows.keys()];
    return new Set(candidates.filter((key) => !rows.has(key) && this.drop(key)));
  }

  private set(key: string, row: HashedRow | undefined): boolean {
    return row === undefined ? this.drop(key) : this.put(key, row);
  }

  private put(key: string, row: HashedRow): boolean {
    if (this.rows.holds(key, row.hash)) return false;
    this.drop(key);
    this.rows.put(key, row, this.decode(key, row.row));
    if (this.options.persist) this.raws.set(key, row.row);
    return true;
  }

  private drop(key: string): boolean {
    if (this.rows.has(key) && this.rows.get(key) === undefined) this.undecodable -= 1;
    this.raws.delete(key);
    return this.rows.drop(key);
  }

  private leavesOut(key: string, row: object | undefined): boolean {
    const { bound } = this.options;
    if (row === undefined || bound === undefined || this.room > 0 || this.rows.has(key)) return false;
    const isLeftOut = bound.isKnown() && !bound.keeps(key);
    this.partial ||= isLeftOut;
    return isLeftOut;
  }

  /** The hash of an undecodable row counts all the same: both ends have to agree on what was sent, not on what it means. */
  private decode(key: string, raw: object): Row | undefined {
    try {
      return this.options.decode(key, raw);
    } catch (error) {
      this.undecodable += 1;
      this.options.onProblem(error);
      return undefined;
    }
  }
}
