import {
  decodeBucketRequest,
  decodeCheckAnswer,
  decodeCheckRequest,
  decodeSinceAnswer,
  decodeTableMessage,
} from './decode.js';
import { decodePush, decodePushSettled } from './push-decode.js';

const DELTA = { kind: 'delta', epoch: 'e', from: 1, to: 2, ops: [{ key: 'a', row: {} }, { key: 'b' }] };

describe('A message', () => {
  it('may carry fields that we do not know', () => {
    expect(decodeTableMessage(JSON.stringify({ ...DELTA, later: 1 }))).toEqual(DELTA);
  });

  it.each([
    ['nonsense', '(body) is not JSON'],
    ['[]', '(body) is not an object'],
    [JSON.stringify({ ...DELTA, kind: 'other' }), 'kind is none of delta, beat'],
    [JSON.stringify({ ...DELTA, from: '1' }), 'from is not an integer'],
    [JSON.stringify({ ...DELTA, to: 1.5 }), 'to is not an integer'],
    [JSON.stringify({ ...DELTA, ops: [{ key: 'a' }, { row: {} }] }), 'ops.1.key is not a text'],
    [JSON.stringify({ ...DELTA, ops: [{ key: 'a', row: 7 }] }), 'ops.0.row is not an object'],
    [JSON.stringify({ kind: 'beat', epoch: 'e', revision: 1, digest: 'zz' }), 'digest is not a digest'],
  ])('that is malformed names its fault: %s', (body, fault) => {
    expect(() => decodeTableMessage(body)).toThrow(fault);
  });

  it('may not smuggle a subject into a name of a table', () => {
    expect(() => decodeBucketRequest('{"table":"network/*","bucket":1}')).toThrow('table is not a name of a table');
    expect(() => decodeBucketRequest('{"table":"network/n1","bucket":256}')).toThrow('bucket is not a bucket');
    const entry = { table: 'a.b', epoch: 'e', revision: 1, digest: '0'.repeat(16) };
    expect(() => decodeCheckRequest(JSON.stringify({ tables: [entry] }))).toThrow('tables.0.table');
  });

  it('of a busy server is understood for every request', () => {
    const busy = { state: 'busy', retryAfterMs: 300 };
    expect(decodeCheckAnswer(JSON.stringify(busy))).toEqual(busy);
    expect(decodeSinceAnswer(JSON.stringify(busy))).toEqual(busy);
  });

  it('of the up direction is checked as strictly', () => {
    expect(() => decodePush('{"verb":"compare","epoch":1,"buckets":["00"]}')).toThrow('buckets.0 is not a digest');
    expect(() => decodePush('{"verb":"compare","epoch":1,"buckets":[]}')).toThrow('buckets has not 256 items');
    expect(() => decodePush('{"verb":"drop","epoch":1}')).toThrow('verb is none of');
    expect(decodePushSettled('{"refused":"epoch","epoch":9}')).toEqual({ refused: 'epoch', epoch: 9 });
  });
});
