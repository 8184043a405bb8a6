/** Turns the bodies of the down direction into typed messages. */
import { JsonReader } from './json-reader.js';
import type {
  CheckAnswer,
  CheckDifference,
  DigestsAnswer,
  KeyedRow,
  RowOp,
  RowsAnswer,
  SinceAnswer,
} from './source.js';
import type {
  BucketRequest,
  Busy,
  CheckRequest,
  DigestRequest,
  LifeSign,
  SinceRequest,
  SnapshotRequest,
  TableMessage,
} from './wire.js';
import { BUCKETS } from './hash.js';
import { isTableName } from './subjects.js';

export function decodeTableMessage(body: string): TableMessage {
  const read = JsonReader.parse('table message', body);
  const kind = read.oneOf('kind', ['delta', 'beat']);
  const epoch = read.string('epoch');
  if (kind === 'beat') return { kind, epoch, revision: read.integer('revision'), digest: read.digest('digest') };
  return { kind, epoch, from: read.integer('from'), to: read.integer('to'), ops: read.list('ops', decodeOp) };
}

export function decodeLifeSign(body: string): LifeSign {
  const read = JsonReader.parse('life sign', body);
  return {
    epoch: read.string('epoch'),
    revision: read.integer('revision'),
    instance: read.string('instance'),
    at: read.integer('at'),
  };
}

export function decodeCheckRequest(body: string): CheckRequest {
  return {
    tables: JsonReader.parse('check', body).list('tables', (read) => ({
      table: tableOf(read),
      epoch: read.string('epoch'),
      revision: read.integer('revision'),
      digest: read.digest('digest'),
    })),
  };
}

export function decodeSinceRequest(body: string): SinceRequest {
  const read = JsonReader.parse('since', body);
  return { table: tableOf(read), revision: read.integer('revision') };
}

export function decodeDigestRequest(body: string): DigestRequest {
  return { table: tableOf(JsonReader.parse('digest', body)) };
}

export function decodeBucketRequest(body: string): BucketRequest {
  const read = JsonReader.parse('bucket', body);
  return { table: tableOf(read), bucket: bucketField(read) };
}

export function decodeSnapshotRequest(body: string): SnapshotRequest {
  const read = JsonReader.parse('snapshot', body);
  const cursor = read.optionalString('cursor');
  return { table: tableOf(read), ...(cursor === undefined ? {} : { cursor }) };
}

export function decodeCheckAnswer(body: string): CheckAnswer | Busy {
  const read = JsonReader.parse('answer to check', body);
  if (read.has('state')) return busyOf(read);
  return {
    epoch: read.string('epoch'),
    revision: read.integer('revision'),
    differing: read.list('differing', decodeDifference),
  };
}

export function decodeSinceAnswer(body: string): SinceAnswer {
  const read = JsonReader.parse('answer to since', body);
  const state = read.oneOf('state', ['ops', 'too-old', ...ABSENCES]);
  if (state === 'too-old') return { state, epoch: read.string('epoch'), revision: read.integer('revision') };
  if (state !== 'ops') return absenceOf(state, read);
  const [from, to, more] = [read.integer('from'), read.integer('to'), read.boolean('more')];
  return { state, epoch: read.string('epoch'), from, to, ops: read.list('ops', decodeOp), more };
}

export function decodeDigestsAnswer(body: string): DigestsAnswer {
  const read = JsonReader.parse('answer to digest', body);
  const state = read.oneOf('state', ['digests', ...ABSENCES]);
  if (state !== 'digests') return absenceOf(state, read);
  return {
    state,
    epoch: read.string('epoch'),
    revision: read.integer('revision'),
    digests: allBuckets('digests', read),
  };
}

export function decodeRowsAnswer(body: string): RowsAnswer {
  const read = JsonReader.parse('answer with rows', body);
  const state = read.oneOf('state', ['rows', ...ABSENCES]);
  if (state !== 'rows') return absenceOf(state, read);
  const next = read.optionalString('next');
  const [epoch, revision, rows] = [read.string('epoch'), read.integer('revision'), read.list('rows', decodeRow)];
  return { state, epoch, revision, rows, ...(next === undefined ? {} : { next }) };
}

export function decodeOp(read: JsonReader): RowOp {
  const key = read.string('key');
  return read.has('row') ? { key, row: read.object('row') } : { key };
}

export function decodeRow(read: JsonReader): KeyedRow {
  return { key: read.string('key'), row: read.object('row') };
}

export function bucketField(read: JsonReader): number {
  const bucket = read.integer('bucket');
  return bucket >= 0 && bucket < BUCKETS ? bucket : read.fail('bucket', 'is not a bucket');
}

export function allBuckets(name: string, read: JsonReader): readonly string[] {
  const digests = read.digests(name);
  return digests.length === BUCKETS ? digests : read.fail(name, `has not ${BUCKETS} items`);
}

const ABSENCES = ['removed', 'unknown', 'refused', 'busy'] as const;

function absenceOf(state: (typeof ABSENCES)[number], read: JsonReader): Exclude<DigestsAnswer, { state: 'digests' }> {
  if (state === 'removed') return { state, epoch: read.string('epoch'), revision: read.integer('revision') };
  if (state === 'busy') return busyOf(read);
  return { state };
}

function busyOf(read: JsonReader): Busy {
  return { state: read.oneOf('state', ['busy']), retryAfterMs: read.integer('retryAfterMs') };
}

function decodeDifference(read: JsonReader): CheckDifference {
  const table = tableOf(read);
  const state = read.oneOf('state', ['present', 'removed', 'unknown', 'refused']);
  if (state === 'present') return { table, state, revision: read.integer('revision'), digest: read.digest('digest') };
  if (state === 'removed') return { table, state, revision: read.integer('revision') };
  return { table, state };
}

function tableOf(read: JsonReader): string {
  const table = read.string('table');
  return isTableName(table) ? table : read.fail('table', 'is not a name of a table');
}
