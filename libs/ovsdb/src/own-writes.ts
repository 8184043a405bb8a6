/** Tells which of the rows that a transaction has inserted should be in the replica, and are not. */

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
 * Only rows that stay without being referred to (RFC 7047 §3.2, `isRoot`): others may be collected in the same commit.
 * Stock servers tell of a transaction before they reply to it (observed), so that normally there are none.
 */
export function unseenRows(
  replica: Replica,
  { schema, selection }: { readonly schema: DatabaseSchema; readonly selection: Selection },
  operations: readonly Operation[],
  results: readonly unknown[],
): readonly OwnRow[] {
  const unseen: OwnRow[] = [];
  for (const [index, operation] of operations.entries()) {
    if (operation.op !== 'insert' || !stays(schema, selection, operation.table)) continue;
    const id = insertedId(results[index]);
    if (id !== undefined && !replica.table(operation.table).has(id)) unseen.push({ table: operation.table, id });
  }
  return unseen;
}

function stays(schema: DatabaseSchema, selection: Selection, table: string): boolean {
  return selection[table] !== undefined && schema.tables.get(table)?.isRoot === true;
}

function insertedId(result: unknown): Uuid | undefined {
  if (typeof result !== 'object' || result === null || !('uuid' in result)) return undefined;
  return typeof result.uuid === 'string' ? result.uuid : undefined;
}
