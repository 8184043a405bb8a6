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

type Counting = { -readonly [Field in keyof OperationCount]: OperationCount[Field] };

/** What a transaction changes, by kind and table, in the order of its operations; what only looks does not count. */
export function countOperations(operations: readonly Operation[]): readonly OperationCount[] {
  const counts = new Map<string, Counting>();
  let last: Counting | undefined;
  for (const operation of operations) {
    if (!('table' in operation) || operation.op === 'wait' || operation.op === 'select') continue;
    const { op, table } = operation;
    if (last?.op !== op || last.table !== table) {
      const key = `${op} ${table}`;
      last = counts.get(key) ?? { op, table, count: 0 };
      counts.set(key, last);
    }
    last.count += 1;
  }
  return [...counts.values()];
}
