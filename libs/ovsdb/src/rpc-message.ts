/** The three kinds of JSON-RPC 1.0 messages (RFC 7047 §4). */

import { FramingError, ProtocolError } from './errors.js';
import type { Json } from './json.js';
import { isArray, isObject, parseJson } from './json.js';
import { jsonInSlices } from './sliced-json.js';
import { turn } from './turn.js';

export type RpcMessage =
  | { readonly kind: 'request'; readonly id: Json; readonly method: string; readonly params: readonly Json[] }
  | { readonly kind: 'notification'; readonly method: string; readonly params: readonly Json[] }
  | { readonly kind: 'reply'; readonly id: Json; readonly result: Json; readonly error: Json };

/** Throws FramingError if the bytes are not JSON, ProtocolError if the JSON is not JSON-RPC. */
export function readMessage(bytes: Buffer): RpcMessage {
  return messageIn(parse(bytes));
}

function messageIn(json: Json): RpcMessage {
  if (!isObject(json)) throw new ProtocolError('a message that is not an object');
  const { id = null, method, params = [], result = null, error = null } = json;
  if (typeof method === 'string' && isArray(params)) {
    return id === null ? { kind: 'notification', method, params } : { kind: 'request', id, method, params };
  }
  if (method === undefined && id !== null) return { kind: 'reply', id, result, error };
  throw new ProtocolError(`a message that is neither request, reply nor notification: ${Object.keys(json).join()}`);
}

/** The same of a long message, with turns for others in between. */
export async function readLongMessage(bytes: Buffer): Promise<RpcMessage> {
  const slices = jsonInSlices(bytes);
  try {
    for (;;) {
      const next = slices.next();
      if (next.done === true) return messageIn(next.value);
      await turn();
    }
  } catch (cause) {
    throw cause instanceof SyntaxError ? notJson(bytes, cause) : cause;
  }
}

export function writeRequest(id: number, method: string, params: readonly unknown[]): string {
  return JSON.stringify({ id, method, params });
}

export function writeNotification(method: string, params: readonly unknown[]): string {
  return JSON.stringify({ id: null, method, params });
}

export function writeReply(id: Json, result: Json, error: Json): string {
  return JSON.stringify({ id, result, error });
}

function parse(bytes: Buffer): Json {
  try {
    return parseJson(bytes.toString('utf8'));
  } catch (cause) {
    throw notJson(bytes, cause);
  }
}

function notJson(bytes: Buffer, cause: unknown): FramingError {
  return new FramingError('not-json', `a message of ${bytes.length} bytes is not JSON`, cause);
}
