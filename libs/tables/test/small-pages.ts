import { MemoryTables, type PageLimit, type RowsAnswer, type SinceAnswer } from '../src/index.js';

/**
 * Pages of three rows, so that small tables have many; two drops of each table and the last 20 revisions of all tables are
 * remembered, so that readers fall behind soon, even those of a table in which nothing happens.
 */
export class SmallPages extends MemoryTables {
  override async since(table: string, revision: number, limit: PageLimit): Promise<SinceAnswer> {
    const answer = await super.since(table, revision, { ...limit, rows: 3 });
    if (answer.state !== 'ops' || revision >= this.now().revision - 20) return answer;
    const digests = await super.digests(table);
    return digests.state === 'digests' ? { ...digests, state: 'too-old' } : digests;
  }

  override snapshot(table: string, cursor: string | undefined, limit: PageLimit): Promise<RowsAnswer> {
    return super.snapshot(table, cursor, { ...limit, rows: 3 });
  }
}
