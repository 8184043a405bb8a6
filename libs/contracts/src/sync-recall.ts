import { flag, list, record, text } from './json-schema.js';
import { type Reader, reader } from './reader.js';
import { syncClient } from './sync-session.js';

/** remote-sync asks what the API holds of a table that it, or a predecessor, has pushed; in the order of keys. */
export interface SyncRecall {
  readonly table: string;
  /** Only what comes after this key. */
  readonly after?: string;
}

export interface SyncRecalled {
  readonly rows: readonly RecalledRow[];
  /** There are more after the last one. */
  readonly more: boolean;
}

/** Of MACs only the keys are told. */
export interface RecalledRow {
  readonly key: string;
  readonly row?: object;
}

export const syncRecall = {
  type: 'l2gw.sync.recall.v1',
  subject: `l2gw.v1.req.${syncClient}.recall`,
  /** Rows of one answer. */
  most: 5000,
  request: record({ table: text(), after: text('Only what comes after this key.') }, ['after']),
  reply: record({
    rows: list(record({ key: text(), row: { type: 'object' } }, ['row'], 'Of MACs only the key.')),
    more: flag('There are more after the last one.'),
  }),
  decode(json: unknown): SyncRecall {
    const read = reader(syncRecall.type, json);
    return { table: read.string('table'), ...(read.has('after') ? { after: read.string('after') } : {}) };
  },
  decodeReply(json: unknown): SyncRecalled {
    const read = reader(syncRecall.type, json);
    return { rows: rowsIn(read, json), more: read.boolean('more') };
  },
} as const;

function rowsIn(read: Reader, json: unknown): readonly RecalledRow[] {
  const raws = (json as { readonly rows: readonly { readonly row?: object }[] }).rows;
  return read
    .objects('rows', (each) => each.string('key'))
    .map((key, at) => {
      const row = raws[at]?.row;
      return { key, ...(row === undefined ? {} : { row }) };
    });
}
