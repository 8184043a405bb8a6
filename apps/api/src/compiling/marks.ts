import type { Mark } from '../database/facts.js';
import type { CompilerConnection } from './compiler-connection.js';

/** Marks of one round at the most. */
export const ROUND = 1000;

/** Of these, what bulks get even while single changes keep coming: a quarter. */
const bulkShare = (limit: number): number => Math.floor(limit / 4);

export interface TakenMarks {
  readonly marks: readonly Mark[];
  /** There may be more. */
  readonly full: boolean;
  /** To be called when the transaction has committed. */
  readonly commit: () => void;
}

/**
 * Takes marks out of the queue, single changes before bulks.
 *
 * Everything that was visible to the round before and not taken then has been left only because the round was full. Otherwise marks
 * of transactions that had ended by then are gone, and the search can begin at the oldest transaction that was still running: so
 * dead rows that a long reader elsewhere keeps from being vacuumed are not walked over again and again.
 */
export class MarkQueue {
  private readonly floor: [string, string] = ['0', '0'];

  /** Call within a transaction: the marks come back if it is rolled back. */
  async take(db: CompilerConnection, limit: number): Promise<TakenMarks> {
    const [snapshot] = await db.query<{ xmin: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin');
    const xmin = snapshot?.xmin ?? '0';
    const single = await this.takeLane(db, 0, limit - bulkShare(limit));
    const bulk = await this.takeLane(db, 1, limit - single.length);
    const singlesFull = single.length === limit - bulkShare(limit);
    const bulkFull = bulk.length === limit - single.length;
    return {
      marks: [...new Map([...single, ...bulk].map((mark) => [`${mark.table} ${mark.key}`, mark])).values()],
      full: singlesFull || bulkFull,
      commit: () => {
        if (!singlesFull) this.floor[0] = xmin;
        if (!bulkFull) this.floor[1] = xmin;
      },
    };
  }

  private takeLane(db: CompilerConnection, lane: 0 | 1, limit: number): Promise<readonly Mark[]> {
    return db.query<{ table: string; key: string }>(
      `DELETE FROM dirty_mark WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM dirty_mark WHERE lane = $1 AND xid >= $2::text::xid8 ORDER BY xid LIMIT $3))
       RETURNING table_name AS table, key`,
      [lane, this.floor[lane], limit],
    );
  }
}
