import type { Mark } from '../database/facts.js';
import { INSERT_LISTS, type Lane, type MarkList, laneOf, listParameters, listsOf } from '../database/mark-lists.js';
import type { CompilerConnection } from './compiler-connection.js';

/** Marks of one round: some tenths of a second, for which single changes wait while a bulk is under way. It may have one list more. */
export const ROUND = 2000;

/** Of these, what bulks get even while single changes keep coming: a quarter. */
const bulkShare = (limit: number): number => Math.floor(limit / 4);

/** A list as it lies in the queue. */
export interface QueuedList extends MarkList {
  readonly lane: Lane;
  /** The transaction that has marked. */
  readonly xid: string;
  readonly place: string;
}

export interface TakenMarks {
  readonly lists: readonly QueuedList[];
  /** Of the lists, each of them once. */
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

  /** As many as the limit, or less than one list more. Call within a transaction: the marks come back if it is rolled back. */
  async take(db: CompilerConnection, limit: number): Promise<TakenMarks> {
    const singles = limit - bulkShare(limit);
    const lists = await db.query<TakenRow>(TAKE, [...this.floor, singles, limit]);
    const ofLane = (lane: Lane) => lists.filter((list) => list.lane === lane);
    const full = [sizeOf(ofLane(0)) >= singles, sizeOf(lists) >= limit] as const;
    return {
      lists,
      marks: marksOf(lists),
      full: full[0] || full[1],
      commit: () => {
        this.floor[0] = floorAfter(ofLane(0), full[0], lists[0]?.xmin) ?? this.floor[0];
        this.floor[1] = floorAfter(ofLane(1), full[1], lists[0]?.xmin) ?? this.floor[1];
      },
    };
  }
}

interface TakenRow extends QueuedList {
  readonly xmin: string;
}

const sizeOf = (lists: readonly MarkList[]): number => lists.reduce((sum, { keys }) => sum + keys.length, 0);

function marksOf(lists: readonly MarkList[]): readonly Mark[] {
  const tables = new Map<string, Set<string>>();
  for (const { table, keys } of lists) {
    const known = tables.get(table);
    if (known === undefined) tables.set(table, new Set(keys));
    else for (const key of keys) known.add(key);
  }
  return [...tables].flatMap(([table, keys]) => Array.from(keys, (key) => ({ table, key })));
}

/** Undefined: it stays where it is. */
function floorAfter(taken: readonly TakenRow[], isFull: boolean, xmin: string | undefined): string | undefined {
  if (!isFull || xmin === undefined) return xmin;
  const last = taken.reduce((most, { xid }) => (BigInt(xid) > most ? BigInt(xid) : most), 0n);
  return last === 0n ? undefined : String(last < BigInt(xmin) ? last : xmin);
}

/** The first lists of a lane that have that many keys together: none is left out as long as there are fewer before it. */
const firstOf = (lane: Lane, floor: string, limit: string): string => `
  SELECT ctid, size FROM (
    SELECT ctid, size, sum(size) OVER (ORDER BY xid ROWS UNBOUNDED PRECEDING) - size AS before FROM (
      SELECT ctid, xid, cardinality(keys) AS size FROM dirty_mark
      WHERE lane = ${lane} AND xid >= ${floor}::text::xid8 ORDER BY xid LIMIT ${limit}) AS next) AS counted
  WHERE before < ${limit}`;

/** The rows that are seen and the oldest transaction that is not are of one and the same snapshot. */
const TAKE = `
  WITH single AS MATERIALIZED (${firstOf(0, '$1', '$3::bigint')}),
  rest AS MATERIALIZED (SELECT greatest($4::bigint - coalesce(sum(size), 0), 0) AS size FROM single),
  bulk AS MATERIALIZED (${firstOf(1, '$2', '(SELECT size FROM rest)')})
  DELETE FROM dirty_mark WHERE ctid = ANY (ARRAY(SELECT ctid FROM single UNION ALL SELECT ctid FROM bulk))
  RETURNING lane, table_name AS table, array_to_json(keys) AS keys, xid::text AS xid, ctid::text AS place,
    pg_snapshot_xmin(pg_current_snapshot())::text AS xmin`;

/** For a later round. */
export async function putMarks(db: CompilerConnection, marks: readonly Mark[]): Promise<void> {
  if (marks.length > 0) await db.query(INSERT_LISTS, listParameters(laneOf(marks.length), listsOf(marks)));
}

/** Puts each mark of a list that is in the queue into a list of its own. Only the compiler takes lists out: it is where it was. */
export async function takeApart(db: CompilerConnection, { place, xid }: QueuedList): Promise<void> {
  await db.query(
    `WITH list AS (${DROP} RETURNING lane, table_name, keys)
     INSERT INTO dirty_mark (lane, table_name, keys) SELECT DISTINCT lane, table_name, ARRAY[key] FROM list, unnest(keys) AS key`,
    [place, xid],
  );
}

/** Nobody will take this list any more. */
export async function dropList(db: CompilerConnection, { place, xid }: QueuedList): Promise<void> {
  await db.query(DROP, [place, xid]);
}

const DROP = 'DELETE FROM dirty_mark WHERE ctid = $1::text::tid AND xid = $2::text::xid8';
