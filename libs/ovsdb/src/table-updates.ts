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
  const visiting = visitInPortions(notation, updates, visitor, Infinity);
  while (visiting.next().done !== true);
}

/** The same, with a pause after each so many rows. */
export function* visitInPortions(
  notation: UpdateNotation,
  updates: Json | undefined,
  visitor: RowVisitor,
  most: number,
): Generator<undefined, void> {
  const tables = object(updates, 'table updates');
  const visit = notation === 'rows' ? visitRows : visitDifferences;
  let visited = 0;
  for (const table of Object.keys(tables)) {
    const rows = object(tables[table], `the updates of ${table}`);
    for (const uuid in rows) {
      visit(table, uuid, object(rows[uuid], `an update of ${table}`), visitor);
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

function object(json: Json | undefined, what: string): JsonObject {
  if (!isObject(json)) throw new ProtocolError(`${what} are not an object`);
  return json;
}
