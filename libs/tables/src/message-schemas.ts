import { type JsonSchema, flag, integer, list, oneOf, record, text } from '@l2gw/contracts';
import type { RequestVerb } from './subjects.js';

/** What the messages of the table protocol look like: the types of `wire.ts`, `source.ts` and `push-store.ts` for people and programs outside. */

const REVISION = integer('Grows within an epoch.');
const EPOCH = text("Names one history of the writer's revisions.");
const DIGEST = text('XOR of the hashes of the rows.', { pattern: '^[0-9a-f]{16}$' });
const DIGESTS = { ...list(DIGEST, 'One for each of the 256 buckets.'), minItems: 256, maxItems: 256 };
const TABLE = text('Such as `network/46904e95-2201-431a-a9c8-4b06e9194003`.', {
  pattern: '^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$',
});
const BUCKET = integer('The first byte of the SHA-256 of the key.', { minimum: 0, maximum: 255 });
const ANY_ROW: JsonSchema = { type: 'object' };

const is = (value: string): JsonSchema => ({ const: value });
const keyed = (row: JsonSchema): JsonSchema => list(record({ key: text(), row }));
const ops = (row: JsonSchema): JsonSchema =>
  list(record({ key: text(), row }, ['row']), 'With a row: put; without: drop.');

/** Turns a table at a revision in [`from`, `to`) into the table at `to`; `row` is what its rows look like. */
export const deltaSchema = (row: JsonSchema): JsonSchema =>
  record({ kind: is('delta'), epoch: EPOCH, from: REVISION, to: REVISION, ops: ops(row) });

export const beatSchema: JsonSchema = record({ kind: is('beat'), epoch: EPOCH, revision: REVISION, digest: DIGEST });

export const lifeSchema: JsonSchema = record({
  epoch: EPOCH,
  revision: REVISION,
  instance: text('Another one after each start of the writer.'),
  at: { type: 'number', description: "Milliseconds of the writer's clock." },
});

const BUSY = record({ state: is('busy'), retryAfterMs: integer() });
const ABSENT = [
  record({ state: is('removed'), epoch: EPOCH, revision: REVISION }),
  record({ state: is('unknown') }),
  record({ state: is('refused') }),
  BUSY,
];

const DIFFERENCE: JsonSchema = {
  oneOf: [
    record({ table: TABLE, state: is('present'), revision: REVISION, digest: DIGEST }),
    record({ table: TABLE, state: is('removed'), revision: REVISION }),
    record({ table: TABLE, state: oneOf(['unknown', 'refused']) }),
  ],
};

const NEXT = text('The cursor of the next page; absent from the last.');
const ROWS: JsonSchema = {
  oneOf: [
    record({ state: is('rows'), epoch: EPOCH, revision: REVISION, rows: keyed(ANY_ROW), next: NEXT }, ['next']),
    ...ABSENT,
  ],
};

/** What readers ask and what they are answered. */
export const requestSchemas: Readonly<
  Record<RequestVerb, { readonly request: JsonSchema; readonly reply: JsonSchema }>
> = {
  check: {
    request: record({ tables: list(record({ table: TABLE, epoch: EPOCH, revision: REVISION, digest: DIGEST })) }),
    reply: { oneOf: [record({ epoch: EPOCH, revision: REVISION, differing: list(DIFFERENCE) }), BUSY] },
  },
  since: {
    request: record({ table: TABLE, revision: REVISION }),
    reply: {
      oneOf: [
        record({ state: is('ops'), epoch: EPOCH, from: REVISION, to: REVISION, ops: ops(ANY_ROW), more: flag() }),
        record({ state: is('too-old'), epoch: EPOCH, revision: REVISION }),
        ...ABSENT,
      ],
    },
  },
  digest: {
    request: record({ table: TABLE }),
    reply: {
      oneOf: [record({ state: is('digests'), epoch: EPOCH, revision: REVISION, digests: DIGESTS }), ...ABSENT],
    },
  },
  bucket: { request: record({ table: TABLE, bucket: BUCKET }), reply: ROWS },
  snapshot: { request: record({ table: TABLE, cursor: text() }, ['cursor']), reply: ROWS },
};

const PUSH_EPOCH = integer('That the API has issued to the pusher.');
const POSITION = integer('How far the table is stored; -1: nothing of this epoch.');

/** A push of a table whose rows look like `row`. */
export const pushSchema = (row: JsonSchema): JsonSchema => ({
  oneOf: [
    record({ verb: is('apply'), epoch: PUSH_EPOCH, from: POSITION, to: POSITION, ops: ops(row) }),
    record({ verb: is('compare'), epoch: PUSH_EPOCH, buckets: DIGESTS }),
    record({ verb: is('replace'), epoch: PUSH_EPOCH, at: POSITION, bucket: BUCKET, rows: keyed(row) }),
    record({ verb: is('settle'), epoch: PUSH_EPOCH, at: POSITION, to: POSITION, digest: DIGEST }),
  ],
});

/** Some of them to each kind of push: `compare` is answered with what differs, `settle` with the digest. */
export const pushReplySchema: JsonSchema = {
  anyOf: [
    record({ position: POSITION, differing: list(BUCKET), digest: DIGEST }, ['differing', 'digest']),
    record({ refused: is('epoch'), epoch: integer('The one that may push.') }),
    record({ refused: is('client') }),
    record({ refused: is('busy'), retryAfterMs: integer() }),
  ],
};
