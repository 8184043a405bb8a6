import { BUCKETS, bucketOf, hashToHex, type Hash64 } from './hash.js';

/** The digest of an empty set of rows. */
export const EMPTY_DIGEST = '0000000000000000';

/** The XOR of the hashes of a set of rows, kept up to date row by row: adding and removing are the same operation. */
export class Digest {
  private hi = 0;
  private lo = 0;

  toggle(hash: Hash64): void {
    this.hi ^= hash.hi;
    this.lo ^= hash.lo;
  }

  hex(): string {
    return hashToHex({ hi: this.hi, lo: this.lo });
  }
}

/** The digests of a table's 256 buckets and, from them, that of the whole table. */
export class BucketDigests {
  private readonly halves = new Int32Array(BUCKETS * 2);

  /** Adds the row if it was absent, removes it if it was there. */
  toggle(key: string, hash: Hash64): void {
    this.toggleIn(bucketOf(key), hash);
  }

  toggleIn(bucket: number, hash: Hash64): void {
    const at = bucket * 2;
    this.halves[at] = this.half(at) ^ hash.hi;
    this.halves[at + 1] = this.half(at + 1) ^ hash.lo;
  }

  bucketHex(bucket: number): string {
    return hashToHex({ hi: this.half(bucket * 2), lo: this.half(bucket * 2 + 1) });
  }

  /** All 256, in the order of the buckets. */
  toHex(): readonly string[] {
    return Array.from({ length: BUCKETS }, (_, bucket) => this.bucketHex(bucket));
  }

  totalHex(): string {
    let hi = 0;
    let lo = 0;
    for (let at = 0; at < this.halves.length; at += 2) {
      hi ^= this.half(at);
      lo ^= this.half(at + 1);
    }
    return hashToHex({ hi, lo });
  }

  clear(): void {
    this.halves.fill(0);
  }

  private half(at: number): number {
    return this.halves[at] ?? 0;
  }
}

/** The numbers of the buckets in which two sides differ. */
export function differingBuckets(ours: readonly string[], theirs: readonly string[]): readonly number[] {
  return Array.from({ length: BUCKETS }, (_, bucket) => bucket).filter((bucket) => ours[bucket] !== theirs[bucket]);
}
