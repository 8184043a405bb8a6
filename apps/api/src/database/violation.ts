/** True if PostgreSQL refused something because of the constraint or index of this name. */
export function violates(error: unknown, constraint: string): boolean {
  return typeof error === 'object' && error !== null && 'constraint' in error && error.constraint === constraint;
}

/** PostgreSQL's detail of an error, which names the values that were to blame; empty if there is none. */
export function detailOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'detail' in error ? String(error.detail) : '';
}

/**
 * True if a table has other columns than when the statement was prepared: a newer replica has migrated the schema. The statement has
 * done nothing, and may be prepared anew.
 */
export function isStalePlan(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'routine' in error && error.routine === 'RevalidateCachedQuery';
}
