import { BULK, type Mark } from '../database/facts.js';
import type { CompilerConnection } from './compiler-connection.js';

/** Marks of one round at the most: some tenths of a second, for which single changes wait while a bulk is under way. */
export const ROUND = 2000;

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
 * Everything that was visible to the round before and not taken then has been left only because the round was full; then it was of the
 * last transaction of which something was taken, or of a later one. Otherwise marks of transactions that had ended by then are gone, and
 * the search can begin at the oldest transaction that was still running: so dead rows that a long reader elsewhere keeps from being
 * vacuumed, or that a large bulk leaves, are not walked over again and again.
 */
export class MarkQueue {
  private readonly floor: [string, string] = ['0', '0'];

  /** Call within a transaction: the marks come back if it is rolled back. */
  async take(db: CompilerConnection, limit: number): Promise<TakenMarks> {
    const singles = limit - bulkShare(limit);
    const rows = await db.query<TakenRow>(TAKE, [...this.floor, singles, limit]);
    const ofLane = (lane: number) => rows.filter((row) => row.lane === lane);
    const full = [ofLane(0).length === singles, rows.length === limit] as const;
    return {
      marks: [...new Map(rows.map(({ table, key }) => [`${table} ${key}`, { table, key }])).values()],
      full: full[0] || full[1],
      commit: () => {
        this.floor[0] = floorAfter(ofLane(0), full[0], rows[0]?.xmin) ?? this.floor[0];
        this.floor[1] = floorAfter(ofLane(1), full[1], rows[0]?.xmin) ?? this.floor[1];
      },
    };
  }
}

interface TakenRow extends Mark {
  readonly lane: number;
  readonly xid: string;
  readonly xmin: string;
}

/** Undefined: it stays where it is. */
function floorAfter(taken: readonly TakenRow[], isFull: boolean, xmin: string | undefined): string | undefined {
  if (!isFull || xmin === undefined) return xmin;
  const last = taken.reduce((most, { xid }) => (BigInt(xid) > most ? BigInt(xid) : most), 0n);
  return last === 0n ? undefined : String(last < BigInt(xmin) ? last : xmin);
}

/** The rows that are seen and the oldest transaction that is not are of one and the same snapshot. */
const TAKE = `
  WITH single AS MATERIALIZED (
    SELECT ctid FROM dirty_mark WHERE lane = 0 AND xid >= $1::text::xid8 ORDER BY xid LIMIT $3
  ), bulk AS MATERIALIZED (
    SELECT ctid FROM dirty_mark WHERE lane = 1 AND xid >= $2::text::xid8 ORDER BY xid LIMIT $4 - (SELECT count(*) FROM single)
  )
  DELETE FROM dirty_mark WHERE ctid = ANY (ARRAY(SELECT ctid FROM single UNION ALL SELECT ctid FROM bulk))
  RETURNING lane, table_name AS table, key, xid::text AS xid, pg_snapshot_xmin(pg_current_snapshot())::text AS xmin`;

/** For a later round. */
export async function putMarks(db: CompilerConnection, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return;
  await db.query(
    'INSERT INTO dirty_mark (lane, table_name, key) SELECT $1::smallint, * FROM unnest($2::text[], $3::text[])',
    [marks.length > BULK ? 1 : 0, marks.map((mark) => mark.table), marks.map((mark) => mark.key)],
  );
}
