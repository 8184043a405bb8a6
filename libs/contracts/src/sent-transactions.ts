import { integer, list, record, text } from './json-schema.js';
import { type Reader, reader } from './reader.js';

/** A transaction that an agent has sent to its switch. */
export interface SentTransaction {
  /** When it was sent, ISO 8601, by the agent's clock. */
  readonly at: string;
  /** From sending it to the switch's answer, in milliseconds. */
  readonly durationMs: number;
  /** Those it was about, so many at the most. */
  readonly networks: readonly string[];
  readonly operations: readonly OperationCount[];
  /** In the words of the switch's database, or why nobody can say what became of it; absent: it was applied. */
  readonly error?: string;
}

export interface OperationCount {
  /** `insert`, `update`, `mutate`, `delete` (RFC 7047 §5.2). */
  readonly op: string;
  readonly table: string;
  readonly count: number;
}

const OPERATION = record({ op: text(), table: text(), count: integer() });

const TRANSACTION = record(
  {
    at: text('When it was sent.'),
    durationMs: integer('Until the switch had answered.'),
    networks: list(text()),
    operations: list(OPERATION),
    error: text('In the words of the switch; absent: it was applied.'),
  },
  ['error'],
);

/** The last transactions, the newest first: how an agent answers `transactions`. */
export const sentTransactions = {
  type: 'l2gw.switch.transactions.v1',
  /** An agent remembers so many. */
  most: 200,
  /** Of one transaction. */
  mostNetworks: 20,
  schema: record({ transactions: list(TRANSACTION, 'The newest first.') }),
  decode(json: unknown): readonly SentTransaction[] {
    return reader(sentTransactions.type, json).objects('transactions', decodeOne);
  },
} as const;

function decodeOne(read: Reader): SentTransaction {
  return {
    at: read.string('at'),
    durationMs: read.integer('durationMs'),
    networks: read.strings('networks'),
    operations: read.objects('operations', (each) => ({
      op: each.string('op'),
      table: each.string('table'),
      count: each.integer('count'),
    })),
    ...(read.has('error') ? { error: read.string('error') } : {}),
  };
}
