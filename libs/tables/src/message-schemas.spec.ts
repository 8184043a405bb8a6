import type { JsonSchema } from '@l2gw/contracts';
import fc from 'fast-check';
import { arbitraryOf } from '../../../test/specs/support/arbitrary-of.js';
import {
  decodeBucketRequest,
  decodeCheckAnswer,
  decodeCheckRequest,
  decodeDigestRequest,
  decodeDigestsAnswer,
  decodeLifeSign,
  decodeRowsAnswer,
  decodeSinceAnswer,
  decodeSinceRequest,
  decodeSnapshotRequest,
  decodeTableMessage,
} from './decode.js';
import { beatSchema, deltaSchema, lifeSchema, pushReplySchema, pushSchema, requestSchemas } from './message-schemas.js';
import { MalformedMessage } from './malformed-message.js';
import { decodePush, decodePushMark } from './push-decode.js';

const ROW: JsonSchema = { type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] };
const { check, since, digest, bucket, snapshot } = requestSchemas;

const MESSAGES: readonly (readonly [string, JsonSchema, (body: string) => unknown])[] = [
  ['delta', deltaSchema(ROW), decodeTableMessage],
  ['beat', beatSchema, decodeTableMessage],
  ['life sign', lifeSchema, decodeLifeSign],
  ['check', check.request, decodeCheckRequest],
  ['answer to check', check.reply, decodeCheckAnswer],
  ['since', since.request, decodeSinceRequest],
  ['answer to since', since.reply, decodeSinceAnswer],
  ['digest', digest.request, decodeDigestRequest],
  ['answer to digest', digest.reply, decodeDigestsAnswer],
  ['bucket', bucket.request, decodeBucketRequest],
  ['answer to bucket', bucket.reply, decodeRowsAnswer],
  ['snapshot', snapshot.request, decodeSnapshotRequest],
  ['answer to snapshot', snapshot.reply, decodeRowsAnswer],
  ['push', pushSchema(ROW), decodePush],
  ['answer to a push', pushReplySchema, decodePushMark],
];

describe('A message of the table protocol that is as it is described', () => {
  it.each(MESSAGES)('is understood: %s', (_, schema, decode) => {
    fc.assert(
      fc.property(arbitraryOf(schema, {}), (message) => {
        decode(JSON.stringify(message));
      }),
      { numRuns: 50 },
    );
  });

  it.each(MESSAGES)('says all that must be said: %s', (_, schema, decode) => {
    const required = (of: JsonSchema) => (of['required'] ?? []) as readonly string[];
    const kinds = ((schema['oneOf'] ?? schema['anyOf'] ?? [schema]) as readonly JsonSchema[]).filter(
      (kind) => required(kind).length > 0,
    );
    for (const kind of kinds) {
      const [message] = fc.sample(arbitraryOf(kind, {}), 1) as [Record<string, unknown>];
      for (const field of required(kind)) {
        const { [field]: _left, ...others } = message;
        expect(() => decode(JSON.stringify(others))).toThrow(MalformedMessage);
      }
    }
  });
});
