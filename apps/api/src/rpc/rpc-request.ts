import type { Headers, Message } from '@l2gw/bus';
import { ContractError, reader } from '@l2gw/contracts';
import { MOST_LEVELS, isDeeperThan } from '../http/depth.js';

/** A use case asked for over the bus: `{"id"?, "if_match"?, "query"?, "body"?}`, as the header, the query and the body of REST. */
export interface RpcRequest {
  /** `noun.verb` */
  readonly pattern: string;
  readonly headers: Headers;
  readonly id: string;
  readonly ifMatch: string | undefined;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

const TYPE = 'l2gw.rpc.request.v1';

/** Throws `ContractError`. An empty message is a request without arguments. */
export function decodeRpcRequest(pattern: string, message: Pick<Message, 'body' | 'headers'>): RpcRequest {
  const json = message.body === '' ? {} : parseJson(message.body);
  const read = reader(TYPE, json);
  return {
    pattern,
    headers: message.headers,
    id: read.has('id') ? read.string('id') : '',
    ifMatch: read.has('if_match') ? read.string('if_match') : undefined,
    query: new URLSearchParams(read.has('query') ? read.string('query') : ''),
    body: (json as Record<string, unknown>)['body'],
  };
}

function parseJson(text: string): object {
  const json = parsed(text);
  if (typeof json !== 'object' || json === null) throw new ContractError(TYPE, 'message', 'is not an object');
  if (isDeeperThan(json, MOST_LEVELS)) throw new ContractError(TYPE, 'message', `has more than ${MOST_LEVELS} levels`);
  return json;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ContractError(TYPE, 'message', 'is not JSON', { cause });
  }
}
