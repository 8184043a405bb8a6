/** The schema of a database as its server describes it (RFC 7047 §3.2, §4.1.2). */

import type { ColumnType } from './column-type.js';
import { readColumnType } from './column-type.js';
import { ProtocolError } from './errors.js';
import type { Json, JsonObject } from './json.js';
import { isObject } from './json.js';

export interface TableSchema {
  readonly name: string;
  readonly columns: ReadonlyMap<string, ColumnType>;
  /** Rows stay without being referred to. */
  readonly isRoot: boolean;
}

export interface DatabaseSchema {
  readonly name: string;
  /** As the server spells it, for example `1.7.0`. */
  readonly version: string;
  /** Of the schema file, as the server spells it; empty if it gives none. */
  readonly checksum: string;
  readonly tables: ReadonlyMap<string, TableSchema>;
}

/** Reads the result of `get_schema`. Throws ProtocolError. */
export function readSchema(json: Json): DatabaseSchema {
  const schema = object(json, 'a schema');
  const tables = Object.entries(object(schema['tables'], 'the tables of a schema'));
  return {
    name: text(schema['name']),
    version: text(schema['version']),
    checksum: text(schema['cksum']),
    tables: new Map(tables.map(([name, table]) => [name, readTable(name, object(table, `table ${name}`))])),
  };
}

function readTable(name: string, table: JsonObject): TableSchema {
  const columns = Object.entries(object(table['columns'], `the columns of ${name}`));
  return {
    name,
    isRoot: table['isRoot'] === true,
    columns: new Map(
      columns.map(([column, json]) => [column, readColumnType(object(json, `${name}.${column}`)['type'])]),
    ),
  };
}

function object(json: Json | undefined, what: string): JsonObject {
  if (!isObject(json)) throw new ProtocolError(`${what} is not an object`);
  return json;
}

function text(json: Json | undefined): string {
  return typeof json === 'string' ? json : '';
}
