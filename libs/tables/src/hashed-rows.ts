import { BucketDigests } from './digest.js';
import { bucketOf, type Hash64, rowHash } from './hash.js';

/** A row of a table as its hash sees it. */
export interface HashedRow {
  readonly row: object;
  readonly hash: Hash64;
  readonly bucket: number;
}

/** What a key holds; nothing if it was dropped. */
export type KeyedHash = readonly [key: string, row: HashedRow | undefined];

export function hashed(key: string, row: object): HashedRow {
  return { row, hash: rowHash(key, row), bucket: bucketOf(key) };
}

interface Entry<Value> {
  readonly hi: number;
  readonly lo: number;
  readonly bucket: number;
  readonly value: Value;
}

/** Keyed values whose digests are always at hand: each carries the hash of the row that it stands for. */
export class HashedRows<Value> {
  private readonly entries = new Map<string, Entry<Value>>();
  private readonly digests = new BucketDigests();

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    return this.entries.get(key)?.value;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  keys(): IterableIterator<string> {
    return this.entries.keys();
  }

  /** Whether the key holds exactly the row of this hash. */
  holds(key: string, { hi, lo }: Hash64): boolean {
    const entry = this.entries.get(key);
    return entry !== undefined && entry.hi === hi && entry.lo === lo;
  }

  put(key: string, { hash, bucket }: HashedRow, value: Value): void {
    const before = this.entries.get(key);
    if (before) this.digests.toggleIn(bucket, before);
    this.digests.toggleIn(bucket, hash);
    this.entries.set(key, { hi: hash.hi, lo: hash.lo, bucket, value });
  }

  /** Whether the key was there. */
  drop(key: string): boolean {
    const before = this.entries.get(key);
    if (!before) return false;
    this.digests.toggleIn(before.bucket, before);
    return this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
    this.digests.clear();
  }

  digest(): string {
    return this.digests.totalHex();
  }

  bucketDigests(): readonly string[] {
    return this.digests.toHex();
  }

  /** The keys of some buckets, found in one pass. A bucket without keys has an empty list. */
  keysIn(buckets: readonly number[]): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, string[]>(buckets.map((bucket) => [bucket, []]));
    for (const [key, { bucket }] of this.entries) found.get(bucket)?.push(key);
    return found;
  }
}
