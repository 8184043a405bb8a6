import { firstPage, PAGE_LIMIT, rowText } from './chunks.js';
import { checkEntries } from './check-entries.js';
import { EMPTY_DIGEST } from './digest.js';
import { hashed, type KeyedHash } from './hashed-rows.js';
import { MemoryTable } from './memory-table.js';
import type {
  Absent,
  CheckAnswer,
  CheckEntry,
  DigestsAnswer,
  Epoch,
  PageLimit,
  Position,
  RowOp,
  RowsAnswer,
  SinceAnswer,
  TableSource,
} from './source.js';
import type { RevisedOp, TableDelta } from './table-publisher.js';

export interface MemoryTablesOptions {
  /** Names this history; must be another one after each start with an empty memory. */
  readonly epoch: Epoch;
  /** The revision to go on from. Default 0. */
  readonly revision?: number;
  /** Drops remembered for each table; a reader that is further behind compares digests. Default 10,000. */
  readonly mostDrops?: number;
  /** Default: everybody may read everything. */
  readonly mayRead?: (client: string, table: string) => boolean;
}

/** A writer's tables in memory. Each write gives the deltas to publish; all requests are answered from here. */
export class MemoryTables implements TableSource {
  private readonly tables = new Map<string, MemoryTable>();
  private readonly mostDrops: number;
  private revision: number;
  private history: Epoch;
  private raises = 0;

  constructor(private readonly options: MemoryTablesOptions) {
    this.revision = options.revision ?? 0;
    this.history = options.epoch;
    this.mostDrops = options.mostDrops ?? 10_000;
  }

  get epoch(): Epoch {
    return this.raises === 0 ? this.history : `${this.history}.${this.raises}`;
  }

  /** Where the writer stands, for life signs. */
  now(): Position {
    return { epoch: this.epoch, revision: this.revision };
  }

  /** Puts and drops rows, creating the table if need be. Without ops the table exists and is empty. */
  write(table: string, ops: readonly RowOp[]): TableDelta {
    const existing = this.tables.get(table);
    const target = existing ?? new MemoryTable(this.mostDrops);
    if (existing === undefined || existing.removed) this.revision += 1;
    this.tables.set(table, target);
    const from = target.revision;
    target.open(this.revision);
    const changes = ops.map(keyedHash).filter(([key, row]) => target.changes(key, row));
    const revised = changes.map(([key, row]): RevisedOp => {
      this.revision += 1;
      target.apply(key, row, this.revision);
      return { key, ...(row === undefined ? {} : { row: row.row }), revision: this.revision };
    });
    return { table, from, to: target.revision, ops: revised, digest: target.digest() };
  }

  /** Empties the table and remembers that it is gone, so that nobody takes it for one we never heard of. */
  remove(table: string): TableDelta {
    const target = this.tables.get(table);
    const ops = [...(target?.keys() ?? [])].map((key): RowOp => ({ key }));
    const delta = this.write(table, ops);
    this.tables.get(table)?.close();
    return delta;
  }

  rowsOf(table: string): ReadonlyMap<string, object> {
    return this.tables.get(table)?.content() ?? new Map();
  }

  names(): readonly string[] {
    return [...this.tables.keys()];
  }

  /** The revision has been seen above ours by somebody: this is another history now. */
  raiseEpoch(): void {
    this.raises += 1;
  }

  /** Returns a function that puts the rows and revisions back to what they are now, as a restored backup does. */
  save(): () => void {
    const revision = this.revision;
    const copies = [...this.tables].map(([name, table]) => [name, table.copy()] as const);
    return () => {
      this.revision = revision;
      this.tables.clear();
      for (const [name, table] of copies) this.tables.set(name, table.copy());
    };
  }

  async position(): Promise<Position> {
    return this.now();
  }

  async check(entries: readonly CheckEntry[]): Promise<CheckAnswer> {
    if (entries.some((entry) => entry.epoch === this.epoch && entry.revision > this.revision)) this.raiseEpoch();
    return { ...this.now(), differing: checkEntries(entries, (name) => this.stateOf(name)) };
  }

  async since(name: string, revision: number, limit: PageLimit = PAGE_LIMIT): Promise<SinceAnswer> {
    const table = this.present(name);
    if (!(table instanceof MemoryTable)) return table;
    const epoch = this.epoch;
    const changed = table.changedSince(revision);
    if (changed === undefined) return { state: 'too-old', epoch, revision: table.revision };
    const ops = firstPage(changed, (op) => JSON.stringify(op), limit);
    const more = ops.length < changed.length;
    const to = more ? (ops.at(-1)?.revision ?? revision) : table.revision;
    return { state: 'ops', epoch, from: revision, to, ops: ops.map(({ revision: _, ...op }) => op), more };
  }

  async digests(name: string): Promise<DigestsAnswer> {
    const table = this.present(name);
    if (!(table instanceof MemoryTable)) return table;
    return { state: 'digests', epoch: this.epoch, revision: table.revision, digests: table.bucketDigests() };
  }

  async bucket(name: string, bucket: number): Promise<RowsAnswer> {
    const table = this.present(name);
    if (!(table instanceof MemoryTable)) return table;
    return { state: 'rows', epoch: this.epoch, revision: table.revision, rows: table.rowsIn(bucket) };
  }

  async snapshot(name: string, cursor: string | undefined, limit: PageLimit = PAGE_LIMIT): Promise<RowsAnswer> {
    const table = this.present(name);
    if (!(table instanceof MemoryTable)) return table;
    const candidates = table.rowsAfter(cursor, limit.rows + 1);
    const rows = firstPage(candidates, rowText, limit);
    const next = rows.length < candidates.length ? rows.at(-1)?.key : undefined;
    return {
      state: 'rows',
      epoch: this.epoch,
      revision: table.revision,
      rows,
      ...(next === undefined ? {} : { next }),
    };
  }

  async mayRead(client: string, tables: readonly string[]): Promise<ReadonlySet<string>> {
    const { mayRead } = this.options;
    return new Set(mayRead ? tables.filter((table) => mayRead(client, table)) : tables);
  }

  private stateOf(name: string): ReturnType<Parameters<typeof checkEntries>[1]> {
    const table = this.tables.get(name);
    if (!table) return undefined;
    if (table.removed) return { state: 'removed', revision: table.revision, digest: EMPTY_DIGEST };
    return { state: 'present', revision: table.revision, digest: table.digest() };
  }

  private present(name: string): MemoryTable | Absent {
    const table = this.tables.get(name);
    if (!table) return { state: 'unknown' };
    return table.removed ? { state: 'removed', epoch: this.epoch, revision: table.revision } : table;
  }
}

function keyedHash({ key, row }: RowOp): KeyedHash {
  return [key, row && hashed(key, row)];
}
