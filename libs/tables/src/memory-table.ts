import { hashed, type HashedRow, HashedRows } from './hashed-rows.js';
import type { KeyedRow } from './source.js';
import type { RevisedOp } from './table-publisher.js';

/** One table of a writer in memory: rows, the revision of each key's last change, and the last drops. */
export class MemoryTable {
  revision = 0;
  removed = false;
  private readonly rows = new HashedRows<object>();
  /** In the order of the revisions, because a key that changes again goes to the end. */
  private readonly revisions = new Map<string, number>();
  private readonly drops = new Set<string>();
  /** Who is behind this revision cannot be told what was dropped. */
  private horizon = 0;
  private sorted: readonly string[] | undefined;

  constructor(private readonly mostDrops: number) {}

  /** Whether it would change anything if the key held this. */
  changes(key: string, row: HashedRow | undefined): boolean {
    return row === undefined ? this.rows.has(key) : !this.rows.holds(key, row.hash);
  }

  /** Brings a new or removed table (back) into being. */
  open(revision: number): void {
    if (this.revision > 0 && !this.removed) return;
    this.revision = revision;
    this.removed = false;
  }

  close(): void {
    this.removed = true;
  }

  apply(key: string, row: HashedRow | undefined, revision: number): void {
    if (row === undefined || !this.rows.has(key)) this.sorted = undefined;
    this.revision = revision;
    this.revisions.delete(key);
    this.revisions.set(key, revision);
    this.drops.delete(key);
    if (row !== undefined) return this.rows.put(key, row, row.row);
    this.rows.drop(key);
    this.drops.add(key);
    this.forgetOldestDrop();
  }

  digest(): string {
    return this.rows.digest();
  }

  bucketDigests(): readonly string[] {
    return this.rows.bucketDigests();
  }

  keys(): Iterable<string> {
    return this.rows.keys();
  }

  content(): ReadonlyMap<string, object> {
    return new Map(this.keyed(this.order()).map(({ key, row }) => [key, row]));
  }

  /** Undefined if drops after the revision have been forgotten. */
  changedSince(revision: number): readonly RevisedOp[] | undefined {
    if (revision < this.horizon) return undefined;
    const changed: RevisedOp[] = [];
    for (const [key, at] of this.revisions) {
      const row = this.rows.get(key);
      if (at > revision) changed.push({ key, ...(row === undefined ? {} : { row }), revision: at });
    }
    return changed;
  }

  rowsIn(bucket: number): readonly KeyedRow[] {
    return this.keyed(this.rows.keysIn([bucket]).get(bucket) ?? []);
  }

  rowsAfter(cursor: string | undefined, most: number): readonly KeyedRow[] {
    const order = this.order();
    const at = cursor === undefined ? 0 : firstAfter(order, cursor);
    return this.keyed(order.slice(at, at + most));
  }

  copy(): MemoryTable {
    const copy = new MemoryTable(this.mostDrops);
    for (const [key, row] of this.content()) copy.rows.put(key, hashed(key, row), row);
    for (const [key, at] of this.revisions) copy.revisions.set(key, at);
    for (const key of this.drops) copy.drops.add(key);
    copy.revision = this.revision;
    copy.removed = this.removed;
    copy.horizon = this.horizon;
    return copy;
  }

  private keyed(keys: readonly string[]): readonly KeyedRow[] {
    return keys.flatMap((key) => {
      const row = this.rows.get(key);
      return row === undefined ? [] : [{ key, row }];
    });
  }

  private order(): readonly string[] {
    this.sorted ??= [...this.rows.keys()].sort();
    return this.sorted;
  }

  private forgetOldestDrop(): void {
    const oldest = this.drops.values().next();
    if (this.drops.size <= this.mostDrops || oldest.done) return;
    this.horizon = this.revisions.get(oldest.value) ?? this.horizon;
    this.revisions.delete(oldest.value);
    this.drops.delete(oldest.value);
  }
}

/** The place of the first key behind the cursor, by halving. */
function firstAfter(order: readonly string[], cursor: string): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((order[middle] ?? '') <= cursor) low = middle + 1;
    else high = middle;
  }
  return low;
}
