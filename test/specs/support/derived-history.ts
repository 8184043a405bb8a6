/** One derived table in a real PostgreSQL, beside what it should be now and was at each of its revisions. */
import { BucketDigests, rowHash } from '@l2gw/tables';
import type { DataSource } from 'typeorm';
import { createLog } from '@l2gw/runtime';
import type { CompilerConnection } from '../../../apps/api/src/compiling/compiler-connection.js';
import { writeDerived } from '../../../apps/api/src/compiling/derived-rows.js';
import { Revisions } from '../../../apps/api/src/compiling/revisions.js';
import { DerivedTables } from '../../../apps/api/src/publishing/derived-tables.js';
import { PruneDrops } from '../../../apps/api/src/publishing/prune-drops.js';

/** Key → row; without a row it is dropped. */
export type Change = readonly [key: string, row: object | undefined];

type Content = ReadonlyMap<string, object>;

export class DerivedHistory {
  private readonly past = new Map<number, Content>();
  /** When keys that have no row now were dropped, as far as that is to be remembered. */
  private readonly drops = new Map<string, number>();
  /** Up to here drops have been forgotten. */
  private horizon = 0;
  private content: Content = new Map();
  private readonly revisions: Revisions;
  private readonly tables: DerivedTables;

  constructor(
    private readonly compiler: CompilerConnection,
    private readonly database: DataSource,
    readonly table: string,
  ) {
    this.revisions = new Revisions(compiler);
    this.tables = new DerivedTables(database);
  }

  /** The last of several changes of a key holds. Answers the table's revision. */
  change(changes: readonly Change[]): Promise<number> {
    return this.write(new Map([...this.content, ...changes]), []);
  }

  /** The table is derived as a whole: what is not among the rows is left over. */
  replace(changes: readonly Change[]): Promise<number> {
    return this.write(new Map(changes), [this.table]);
  }

  /** A day after the first of so many twentieths of the revisions. */
  async prune(twentieths: number): Promise<void> {
    const revisions = [...this.past.keys()];
    const old = revisions[Math.floor((revisions.length * twentieths) / 20) - 1] ?? 0;
    await this.database.query(
      `UPDATE derived_drop SET dropped_at = now() - interval '25 hours' WHERE table_name = $1 AND revision <= $2`,
      [this.table, old],
    );
    await new PruneDrops(this.database, createLog('prune', 'warn')).prune();
    for (const [key, revision] of this.drops) {
      if (revision > old) continue;
      this.drops.delete(key);
      this.horizon = Math.max(this.horizon, revision);
    }
    expect(await this.stored('derived_drop')).toBe(this.drops.size);
  }

  /** Whoever has the table as it was once gets it as it is now by asking what has changed, or is told that this is forgotten. */
  async expectToBeResumed(rows: number): Promise<void> {
    for (const [revision, before] of this.past) {
      const now = await this.resume(revision, before, rows);
      expect({ revision, now }).toEqual({ revision, now: revision < this.horizon ? 'too-old' : this.content });
    }
  }

  /** Snapshots, digests and what is stored know nothing of what was dropped. */
  async expectToBeComplete(): Promise<void> {
    const digests = new BucketDigests();
    for (const [key, row] of this.content) digests.toggle(key, rowHash(key, row));
    expect(await this.tables.digests(this.table)).toMatchObject({ digests: digests.toHex() });
    const snapshot = await this.tables.snapshot(this.table, undefined, { rows: 100, bytes: Infinity });
    const rows = [...this.content].sort().map(([key, row]) => ({ key, row }));
    expect(snapshot).toMatchObject({ state: 'rows', rows });
    expect(await this.stored('derived_row')).toBe(rows.length);
    const entry = { table: this.table, digest: digests.totalHex(), revision: this.revision() };
    const { epoch } = await this.tables.position();
    expect(await this.tables.check([{ ...entry, epoch }])).toMatchObject({ differing: [] });
  }

  private async write(wanted: ReadonlyMap<string, object | undefined>, whole: readonly string[]): Promise<number> {
    const rows = [...wanted].map(([key, row]) => ({ table: this.table, key, ...(row === undefined ? {} : { row }) }));
    const { deltas } = await this.compiler.transaction(() =>
      writeDerived(this.compiler, this.revisions, { rows, whole, removed: [] }),
    );
    this.content = new Map([...wanted].flatMap(([key, row]) => (row === undefined ? [] : [[key, row] as const])));
    for (const { key, row, revision } of deltas.flatMap(({ ops }) => ops)) {
      this.drops.delete(key);
      if (row === undefined) this.drops.set(key, revision);
    }
    for (const { to = 0 } of deltas) this.past.set(to, this.content);
    return this.revision();
  }

  private revision(): number {
    return [...this.past.keys()].at(-1) ?? 0;
  }

  private async resume(revision: number, before: Content, rows: number): Promise<Content | string> {
    const held = new Map(before);
    for (let from = revision; ;) {
      const answer = await this.tables.since(this.table, from, { rows, bytes: Infinity });
      if (answer.state !== 'ops') return answer.state;
      const keys = answer.ops.map(({ key }) => key);
      expect(keys).toEqual([...new Set(keys)]);
      for (const { key, row } of answer.ops) {
        expect({ key, row }).toEqual({ key, row: this.content.get(key) });
        if (row === undefined) held.delete(key);
        else held.set(key, row);
      }
      if (!answer.more) return held;
      expect(answer.to).toBeGreaterThan(from);
      from = answer.to;
    }
  }

  private async stored(table: 'derived_row' | 'derived_drop'): Promise<number> {
    const statement = `SELECT count(*) FROM ${table} WHERE table_name = $1`;
    const [row]: { count: string }[] = await this.database.query(statement, [this.table]);
    return Number(row?.count);
  }
}
