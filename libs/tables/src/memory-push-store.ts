import { differingBuckets } from './digest.js';
import { hashed, HashedRows } from './hashed-rows.js';
import type {
  EpochRefused,
  PushCompare,
  PushComparison,
  PushDelta,
  PushMark,
  PushReplace,
  PushSettle,
  PushSettled,
  PushStore,
} from './push-store.js';
import type { KeyedRow } from './source.js';

interface Pushed {
  epoch: number;
  position: number;
  readonly rows: HashedRows<object>;
}

/** Pushed tables in memory: the meaning of `PushStore` in the fewest words, for specs. */
export class MemoryPushStore implements PushStore {
  /** How many rows were written or deleted; marks do not count. */
  writes = 0;
  private readonly tables = new Map<string, Pushed>();
  private readonly issued = new Map<string, number>();

  /** Issues an epoch: everything below it is refused from now on. */
  issue(table: string, epoch: number): void {
    this.issued.set(table, epoch);
  }

  rowsOf(table: string): ReadonlyMap<string, object> {
    const { rows } = this.of(table);
    return new Map([...rows.keys()].sort().map((key) => [key, rows.get(key) ?? {}]));
  }

  /** Returns a function that puts the table back to what it is now, as a restored backup does. */
  save(table: string): () => void {
    const { epoch, position } = this.of(table);
    const rows = this.rowsOf(table);
    return () => {
      const restored: Pushed = { epoch, position, rows: new HashedRows() };
      for (const [key, row] of rows) restored.rows.put(key, hashed(key, row), row);
      this.tables.set(table, restored);
    };
  }

  async apply(table: string, push: PushDelta): Promise<PushMark> {
    const position = this.positionIn(table, push.epoch);
    if (typeof position !== 'number') return position;
    if (position !== push.from) return { position };
    for (const { key, row } of push.ops) this.write(table, key, row);
    return this.mark(table, push.epoch, push.to);
  }

  async compare(table: string, push: PushCompare): Promise<PushComparison> {
    const position = this.positionIn(table, push.epoch);
    if (typeof position !== 'number') return position;
    return { position, differing: differingBuckets(push.buckets, this.of(table).rows.bucketDigests()) };
  }

  async replace(table: string, push: PushReplace): Promise<PushMark> {
    const position = this.positionIn(table, push.epoch);
    if (typeof position !== 'number') return position;
    if (position > push.at) return { position };
    this.replaceBucket(table, push.bucket, push.rows);
    return this.mark(table, push.epoch, push.at);
  }

  async settle(table: string, push: PushSettle): Promise<PushSettled> {
    const position = this.positionIn(table, push.epoch);
    if (typeof position !== 'number') return position;
    const digest = this.of(table).rows.digest();
    if (position > push.at || digest !== push.digest) return { position, digest };
    return { ...this.mark(table, push.epoch, push.to), digest };
  }

  private positionIn(table: string, epoch: number): number | EpochRefused {
    const stored = this.of(table);
    const highest = Math.max(stored.epoch, this.issued.get(table) ?? 0);
    if (epoch < highest) return { refused: 'epoch', epoch: highest };
    return epoch > stored.epoch ? -1 : stored.position;
  }

  private mark(table: string, epoch: number, position: number): { readonly position: number } {
    Object.assign(this.of(table), { epoch, position });
    return { position };
  }

  private replaceBucket(table: string, bucket: number, rows: readonly KeyedRow[]): void {
    const wanted = new Set(rows.map(({ key }) => key));
    for (const key of this.of(table).rows.keysIn([bucket]).get(bucket) ?? []) {
      if (!wanted.has(key)) this.write(table, key, undefined);
    }
    for (const { key, row } of rows) this.write(table, key, row);
  }

  private write(table: string, key: string, row: object | undefined): void {
    const { rows } = this.of(table);
    if (row === undefined) {
      if (rows.drop(key)) this.writes += 1;
      return;
    }
    const next = hashed(key, row);
    if (rows.holds(key, next.hash)) return;
    rows.put(key, next, row);
    this.writes += 1;
  }

  private of(table: string): Pushed {
    const known = this.tables.get(table) ?? { epoch: 0, position: -1, rows: new HashedRows<object>() };
    this.tables.set(table, known);
    return known;
  }
}
