import { PUSH_LIMIT, opText } from './chunks.js';
import { Digest } from './digest.js';
import { hashed, HashedRows } from './hashed-rows.js';
import type { KeyedRow } from './source.js';
import { hashFromHex, rowHash } from './hash.js';

/** What a push session needs of the table it pushes. */
export interface PushedTable {
  readonly dirty: boolean;
  /** The next changes as JSON, each key once with what it is now; at most one message of them. */
  take(): readonly string[];
  digest(): string;
  /** The digests of the buckets now; from here on only later changes count as dirty. */
  beginComparison(): readonly string[];
  keysIn(buckets: readonly number[]): ReadonlyMap<number, readonly string[]>;
  /** Those of the keys that are still there. */
  rowsOf(keys: readonly string[]): readonly KeyedRow[];
}

/** The rows of a pushed table and which keys the receiver has not been told of: never more than there are keys. */
export class PushTable<Row extends object> implements PushedTable {
  private readonly rows = new HashedRows<Row>();
  private readonly changed = new Set<string>();

  get size(): number {
    return this.rows.size;
  }

  get dirty(): boolean {
    return this.changed.size > 0;
  }

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  put(key: string, row: Row): void {
    if (this.rows.get(key) === row) return;
    const next = hashed(key, row);
    if (this.rows.holds(key, next.hash)) return;
    this.rows.put(key, next, row);
    this.changed.add(key);
  }

  drop(key: string): void {
    if (this.rows.drop(key)) this.changed.add(key);
  }

  replaceAll(rows: Iterable<readonly [key: string, row: Row]>): void {
    const wanted = new Map(rows);
    this.keepOnly((key) => wanted.has(key));
    for (const [key, row] of wanted) this.put(key, row);
  }

  keepOnly(keeps: (key: string) => boolean): void {
    for (const key of [...this.rows.keys()]) if (!keeps(key)) this.drop(key);
  }

  take(): readonly string[] {
    const ops: string[] = [];
    let bytes = 0;
    for (const key of this.changed) {
      const row = this.rows.get(key);
      const text = opText(row === undefined ? { key } : { key, row });
      bytes += Buffer.byteLength(text);
      if (ops.length > 0 && (ops.length >= PUSH_LIMIT.rows || bytes > PUSH_LIMIT.bytes)) break;
      ops.push(text);
      this.changed.delete(key);
    }
    return ops;
  }

  digest(): string {
    return this.rows.digest();
  }

  beginComparison(): readonly string[] {
    this.changed.clear();
    return this.rows.bucketDigests();
  }

  keysIn(buckets: readonly number[]): ReadonlyMap<number, readonly string[]> {
    return this.rows.keysIn(buckets);
  }

  rowsOf(keys: readonly string[]): readonly KeyedRow[] {
    return keys.flatMap((key) => {
      const row = this.rows.get(key);
      return row === undefined ? [] : [{ key, row }];
    });
  }
}

/** The digest of a table whose buckets had `buckets` and of which some have been replaced by other rows since. */
export function digestAfter(buckets: readonly string[], replaced: ReadonlyMap<number, readonly KeyedRow[]>): string {
  const total = new Digest();
  for (const [bucket, digest] of buckets.entries()) if (!replaced.has(bucket)) total.toggle(hashFromHex(digest));
  for (const rows of replaced.values()) for (const { key, row } of rows) total.toggle(rowHash(key, row));
  return total.hex();
}
