/** Which tables and columns are followed, and which of them a server does not have. */

import type { DatabaseSchema, TableSchema } from './schema.js';

export type Selection = Readonly<Record<string, readonly string[]>>;

export interface Missing {
  readonly tables: readonly string[];
  readonly columns: readonly { readonly table: string; readonly column: string }[];
}

export interface Trimmed {
  readonly selection: Selection;
  readonly missing: Missing;
}

/** A monitor that names one unknown column fails as a whole, so a selection is cut to the schema before it is used. */
export function trimSelection(wanted: Selection, schema: DatabaseSchema): Trimmed {
  const selection: Record<string, readonly string[]> = {};
  const tables: string[] = [];
  const columns: { table: string; column: string }[] = [];
  for (const [name, names] of Object.entries(wanted)) {
    const table = schema.tables.get(name);
    if (table === undefined) tables.push(name);
    else selection[name] = names.filter((column) => has(table, column));
    const lacking = table === undefined ? [] : names.filter((column) => !has(table, column));
    columns.push(...lacking.map((column) => ({ table: name, column })));
  }
  return { selection, missing: { tables, columns } };
}

function has(table: TableSchema, column: string): boolean {
  return table.columns.has(column);
}
