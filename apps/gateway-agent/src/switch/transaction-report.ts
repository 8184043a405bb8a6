import type { OperationCount } from '@l2gw/contracts';
import type { Operation, OvsdbError } from '@l2gw/ovsdb';

/** A transaction that was sent, with what became of it. */
export interface TransactionReport {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly durationMs: number;
  readonly networks: readonly string[];
  readonly operations: readonly OperationCount[];
  /** Absent: it was applied. */
  readonly error?: OvsdbError;
}

/** What a transaction changes, by kind and table, in the order of its operations; what only looks does not count. */
export function countOperations(operations: readonly Operation[]): readonly OperationCount[] {
  const counts = new Map<string, OperationCount>();
  for (const operation of operations) {
    if (!('table' in operation) || operation.op === 'wait' || operation.op === 'select') continue;
    const { op, table } = operation;
    const key = `${op} ${table}`;
    counts.set(key, { op, table, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
