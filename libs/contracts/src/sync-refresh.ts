import { flag, integer, list, record, text } from './json-schema.js';
import { reader } from './reader.js';

/** What came of comparing everything with a peer once more. */
export interface SyncRefreshed {
  /** The peer has said what it has in every stretch; false: it did not answer in time. */
  readonly answered: boolean;
  /** What differed has been fetched; false: something is still under way, or fails. */
  readonly settled: boolean;
  /** Stretches that were compared. */
  readonly compared: number;
  /** Of them, those in which something of the peer was not as it was known here. */
  readonly differing: number;
  /** The first of these. */
  readonly stretches: readonly { readonly connection: string; readonly changes: number }[];
}

/** How remote-sync answers `refresh`. */
export const syncRefresh = {
  type: 'l2gw.sync.refresh.v1',
  mostStretches: 100,
  schema: record({
    answered: flag('The peer has said what it has in every stretch.'),
    settled: flag('What differed has been fetched.'),
    compared: integer('Stretches.'),
    differing: integer('Stretches in which something was not as it was known.'),
    stretches: list(record({ connection: text(), changes: integer('Rows.') }), 'The first of those that differed.'),
  }),
  decode(json: unknown): SyncRefreshed {
    const read = reader(syncRefresh.type, json);
    return {
      answered: read.boolean('answered'),
      settled: read.boolean('settled'),
      compared: read.integer('compared'),
      differing: read.integer('differing'),
      stretches: read.objects('stretches', (each) => ({
        connection: each.string('connection'),
        changes: each.integer('changes'),
      })),
    };
  },
} as const;
