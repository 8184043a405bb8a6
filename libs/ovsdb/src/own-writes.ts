/** Tells whether the rows that a transaction has inserted are in the replica, as they should be. */

import type { Uuid } from './notation.js';
import type { Operation } from './operations.js';
import type { Replica } from './replica.js';
import type { DatabaseSchema } from './schema.js';
import type { Selection } from './selection.js';

export interface OwnRow {
  readonly table: string;
  readonly id: Uuid;
}

/**
 * A row of the transaction that was not told. An update tells of a transaction as a whole (RFC 7047 §4.1.6), so one row speaks for all; it is
 * one that stays without being referred to (§3.2, `isRoot`), because others may be collected in the same commit.
 * Stock servers tell of a transaction before they reply to it (observed), so that normally there is none.
 */
export function unseenRow(
  replica: Replica,
  { schema, selection }: { readonly schema: DatabaseSchema; readonly selection: Selection },
  operations: readonly Operation[],
  results: readonly unknown[],
): OwnRow | undefined {
  for (const [index, operation] of operations.entries()) {
    if (operation.op !== 'insert' || !stays(schema, selection, operation.table)) continue;
    const id = insertedId(results[index]);
    if (id !== undefined) return replica.table(operation.table).has(id) ? undefined : { table: operation.table, id };
  }
  return undefined;
}

function stays(schema: DatabaseSchema, selection: Selection, table: string): boolean {
  return selection[table] !== undefined && schema.tables.get(table)?.isRoot === true;
}

function insertedId(result: unknown): Uuid | undefined {
  if (typeof result !== 'object' || result === null || !('uuid' in result)) return undefined;
  return typeof result.uuid === 'string' ? result.uuid : undefined;
}
