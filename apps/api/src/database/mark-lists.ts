import { arrayText } from './array-text.js';
import type { Mark } from './facts.js';

/** Marks of one table are kept as lists of keys, a row for each list: a row for each mark costs PostgreSQL ten times as much. */
export interface MarkList {
  readonly table: string;
  /** One at the least, each of them once. */
  readonly keys: readonly string[];
}

/** Lane 0 is for single changes, lane 1 for bulks, which wait behind them. */
export type Lane = 0 | 1;

/** More marks than this at once count as a bulk. */
export const BULK = 50;

export const laneOf = (marks: number): Lane => (marks > BULK ? 1 : 0);

/** Keys of a list at the most: as many MACs as a row can have before PostgreSQL compresses it or keeps it elsewhere (2,000 bytes). */
export const LIST = 64;

/** Marks that are there twice are taken once. */
export function listsOf(marks: readonly Mark[]): readonly MarkList[] {
  const tables = new Map<string, Set<string>>();
  for (const { table, key } of marks) {
    const known = tables.get(table);
    if (known === undefined) tables.set(table, new Set([key]));
    else known.add(key);
  }
  return [...tables].flatMap(([table, keys]) => slicesOf([...keys]).map((slice) => ({ table, keys: slice })));
}

function slicesOf(keys: readonly string[]): readonly (readonly string[])[] {
  const slices: (readonly string[])[] = [];
  for (let first = 0; first < keys.length; first += LIST) slices.push(keys.slice(first, first + LIST));
  return slices;
}

/** Writes the lists that `listParameters` gives. */
export const INSERT_LISTS = `
  INSERT INTO dirty_mark (lane, table_name, keys)
  SELECT $1::smallint, name, list::text[] FROM unnest($2::text[], $3::text[]) AS given (name, list)`;

export function listParameters(lane: Lane, lists: readonly MarkList[]): [lane: Lane, tables: string, keys: string] {
  return [lane, arrayText(lists.map((list) => list.table)), arrayText(lists.map((list) => arrayText(list.keys)))];
}

/** Writes what the statement has selected before, as `marks (table_name, key)`, into the lane that this expression gives. */
export const insertSelected = (lane: string): string => `
  INSERT INTO dirty_mark (lane, table_name, keys)
  SELECT ${lane}, table_name, array_agg(key)
  FROM (SELECT table_name, key, row_number() OVER (PARTITION BY table_name) - 1 AS place FROM marks) AS placed
  GROUP BY table_name, place / ${LIST}`;

/** The same for few marks: to put two together takes longer than to write a second row. */
export const insertFewSelected = (lane: string): string => `
  INSERT INTO dirty_mark (lane, table_name, keys) SELECT ${lane}, table_name, ARRAY[key] FROM marks`;

/** The lane of what was selected. */
export const LANE_OF_SELECTED = `CASE WHEN (SELECT count(*) FROM marks) > ${BULK} THEN 1 ELSE 0 END`;
