import type { Headers, Message } from '@l2gw/bus';
import { ContractError, reader } from '@l2gw/contracts';

/** A use case asked for over the bus: `{"id"?, "query"?, "body"?}`, where `query` and `body` are those of the REST request. */
export interface RpcRequest {
  /** `noun.verb` */
  readonly pattern: string;
  readonly headers: Headers;
  readonly id: string;
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
    query: new URLSearchParams(read.has('query') ? read.string('query') : ''),
    body: (json as Record<string, unknown>)['body'],
  };
}

function parseJson(text: string): object {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch (error) {
    throw new ContractError(TYPE, 'message', 'is not JSON', { cause: error });
  }
  throw new ContractError(TYPE, 'message', 'is not an object');
}
