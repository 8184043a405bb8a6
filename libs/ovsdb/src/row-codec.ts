/** Whole rows of a table between wire and program. */

import { Interner } from './atom.js';
import type { ColumnCodec } from './column-codec.js';
import { columnCodec } from './column-codec.js';
import { ProtocolError } from './errors.js';
import type { JsonObject } from './json.js';
import type { DatabaseSchema, TableSchema } from './schema.js';
import type { Selection } from './selection.js';
import type { Row, Value } from './value.js';

/** Every row it makes has the same columns in the same order, so that the engine keeps one shape for all of them. */
export class RowCodec {
  private readonly columns: readonly (readonly [name: string, codec: ColumnCodec])[];

  constructor(table: TableSchema, columns: readonly string[], interner: Interner = new Interner()) {
    this.columns = columns.flatMap((name) => {
      const type = table.columns.get(name);
      return type === undefined ? [] : [[name, columnCodec(type, interner)] as const];
    });
  }

  /** A row from what the server sent; what it left out has its default. Throws NotationError. */
  read(wire: JsonObject): Row {
    const row: Record<string, Value> = {};
    for (const [name, codec] of this.columns) {
      const value = wire[name];
      row[name] = value === undefined ? codec.initial : codec.read(value);
    }
    return row;
  }

  /** The row after a `modify` of `update2`. Throws NotationError. */
  change(current: Row, difference: JsonObject): Row {
    const row: Record<string, Value> = {};
    for (const [name, codec] of this.columns) {
      const value = difference[name];
      row[name] = value === undefined ? current[name] : codec.change(current[name], value);
    }
    return row;
  }
}

export type RowCodecs = ReadonlyMap<string, RowCodec>;

/** A codec for every table of a selection. Throws ProtocolError for a table that the schema lacks. */
export function rowCodecs(schema: DatabaseSchema, selection: Selection): RowCodecs {
  const interner = new Interner();
  const codecs = new Map<string, RowCodec>();
  for (const [name, columns] of Object.entries(selection)) {
    const table = schema.tables.get(name);
    if (table === undefined) throw new ProtocolError(`the schema has no table ${name}`);
    codecs.set(name, new RowCodec(table, columns, interner));
  }
  return codecs;
}
