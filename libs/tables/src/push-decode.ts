/** Turns the bodies of the up direction into typed messages. */
import { allBuckets, bucketField, decodeOp, decodeRow } from './decode.js';
import { JsonReader } from './json-reader.js';
import type { Granted, PushComparison, PushMark, PushSettled } from './push-store.js';
import type { PushRefused, PushRequest } from './wire.js';

export function decodePush(body: string): PushRequest {
  const read = JsonReader.parse('push', body);
  const verb = read.oneOf('verb', ['apply', 'compare', 'replace', 'settle']);
  const epoch = read.integer('epoch');
  switch (verb) {
    case 'apply':
      return { verb, epoch, from: read.integer('from'), to: read.integer('to'), ops: read.list('ops', decodeOp) };
    case 'compare':
      return { verb, epoch, buckets: allBuckets('buckets', read) };
    case 'replace':
      return { verb, epoch, at: read.integer('at'), bucket: bucketField(read), rows: read.list('rows', decodeRow) };
    case 'settle':
      return { verb, epoch, at: read.integer('at'), to: read.integer('to'), digest: read.digest('digest') };
  }
}

export function decodePushMark(body: string): Granted<PushMark> | PushRefused {
  const read = JsonReader.parse('answer to a push', body);
  return refusalOf(read) ?? { position: read.integer('position') };
}

export function decodePushComparison(body: string): Granted<PushComparison> | PushRefused {
  const read = JsonReader.parse('answer to compare', body);
  return refusalOf(read) ?? { position: read.integer('position'), differing: read.integers('differing') };
}

export function decodePushSettled(body: string): Granted<PushSettled> | PushRefused {
  const read = JsonReader.parse('answer to settle', body);
  return refusalOf(read) ?? { position: read.integer('position'), digest: read.digest('digest') };
}

function refusalOf(read: JsonReader): PushRefused | undefined {
  if (!read.has('refused')) return undefined;
  const refused = read.oneOf('refused', ['epoch', 'client', 'busy']);
  if (refused === 'epoch') return { refused, epoch: read.integer('epoch') };
  if (refused === 'busy') return { refused, retryAfterMs: read.integer('retryAfterMs') };
  return { refused };
}
