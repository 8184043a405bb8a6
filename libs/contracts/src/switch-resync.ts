import { flag, integer, record } from './json-schema.js';
import { reader } from './reader.js';

/** What came of comparing everything once more. */
export interface Resynced {
  /** The API has said which tables are as it has them; false: it did not answer in time. */
  readonly tablesChecked: boolean;
  /** Nothing is left to be written; false: something is still under way, or refused. */
  readonly settled: boolean;
  /** Networks that were compared. */
  readonly networks: number;
  /** Transactions that it took, as far as they were seen. */
  readonly transactions: number;
}

/** How an agent answers `resync`. */
export const switchResync = {
  type: 'l2gw.switch.resync.v1',
  schema: record({
    tablesChecked: flag('The API has said which tables are as it has them.'),
    settled: flag('Nothing is left to be written.'),
    networks: integer('That were compared.'),
    transactions: integer('That were sent meanwhile.'),
  }),
  decode(json: unknown): Resynced {
    const read = reader(switchResync.type, json);
    return {
      tablesChecked: read.boolean('tablesChecked'),
      settled: read.boolean('settled'),
      networks: read.integer('networks'),
      transactions: read.integer('transactions'),
    };
  },
} as const;
