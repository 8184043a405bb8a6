/** Rows that were asked for once, instead of followed. */

import { ProtocolError } from './errors.js';
import type { JsonObject } from './json.js';
import { isArray } from './json.js';
import type { Uuid } from './notation.js';
import { RowCodec } from './row-codec.js';
import type { DatabaseSchema } from './schema.js';
import type { Row } from './value.js';

/** Decodes the rows of a `select` that named `_uuid`. Throws ProtocolError or NotationError. */
export function readSelected(
  schema: DatabaseSchema,
  table: string,
  columns: readonly string[],
  rows: readonly JsonObject[],
): ReadonlyMap<Uuid, Row> {
  const described = schema.tables.get(table);
  if (described === undefined) throw new ProtocolError(`the schema has no table ${table}`);
  const codec = new RowCodec(described, columns);
  return new Map(rows.map((row) => [uuidOf(row), codec.read(row)]));
}

function uuidOf(row: JsonObject): Uuid {
  const wire = row['_uuid'];
  const id = isArray(wire) ? wire[1] : undefined;
  if (typeof id !== 'string') throw new ProtocolError('a selected row without its _uuid');
  return id;
}
