/** Walks through the rows of `<table-updates>` (RFC 7047 §4.1.6) and `<table-updates2>` (ovsdb-server(7)). */

import { ProtocolError } from './errors.js';
import type { Json, JsonObject } from './json.js';
import { isObject } from './json.js';
import type { Uuid } from './notation.js';

/** `rows`: old and new values, of `update`. `differences`: of `update2` and `update3`. */
export type UpdateNotation = 'rows' | 'differences';

/** Told about every row, in the order of the message. */
export interface RowVisitor {
  /** The row is now this, whatever it was. */
  put(table: string, uuid: Uuid, row: JsonObject): void;
  /** The row has changed by this. */
  change(table: string, uuid: Uuid, difference: JsonObject): void;
  remove(table: string, uuid: Uuid): void;
}

/** Throws ProtocolError. */
export function visitUpdates(notation: UpdateNotation, updates: Json | undefined, visitor: RowVisitor): void {
  const visit = VISIT[notation];
  const tables = object(updates, 'table updates');
  for (const table of Object.keys(tables)) {
    const rows = rowsOf(tables, table);
    for (const uuid in rows) visit(table, uuid, updateIn(rows, uuid, table), visitor);
  }
}

/** The same, with a pause after each so many rows. */
export function* visitInPortions(
  notation: UpdateNotation,
  updates: Json | undefined,
  visitor: RowVisitor,
  most: number,
): Generator<undefined, void> {
  const visit = VISIT[notation];
  const tables = object(updates, 'table updates');
  let visited = 0;
  for (const table of Object.keys(tables)) {
    const rows = rowsOf(tables, table);
    for (const uuid in rows) {
      visit(table, uuid, updateIn(rows, uuid, table), visitor);
      visited += 1;
      if (visited % most === 0) yield undefined;
    }
  }
}

function visitRows(table: string, uuid: Uuid, update: JsonObject, visitor: RowVisitor): void {
  const row = update['new'];
  if (isObject(row)) visitor.put(table, uuid, row);
  else visitor.remove(table, uuid);
}

function visitDifferences(table: string, uuid: Uuid, update: JsonObject, visitor: RowVisitor): void {
  const row = update['initial'] ?? update['insert'];
  if (isObject(row)) visitor.put(table, uuid, row);
  else if (isObject(update['modify'])) visitor.change(table, uuid, update['modify']);
  else if ('delete' in update) visitor.remove(table, uuid);
  else throw new ProtocolError(`an update of ${table} of an unknown kind: ${Object.keys(update).join()}`);
}

const VISIT = { rows: visitRows, differences: visitDifferences } as const;

function rowsOf(tables: JsonObject, table: string): JsonObject {
  return object(tables[table], `the updates of ${table}`);
}

/** Without words that nobody reads: this is asked of every row. */
function updateIn(rows: JsonObject, uuid: Uuid, table: string): JsonObject {
  const update = rows[uuid];
  return isObject(update) ? update : object(update, `an update of ${table}`);
}

function object(json: Json | undefined, what: string): JsonObject {
  if (!isObject(json)) throw new ProtocolError(`${what} are not an object`);
  return json;
}
