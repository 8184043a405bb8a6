import { ContractError, reader } from '@l2gw/contracts';

/** A use case asked for over the bus: `{"id"?, "if_match"?, "query"?, "body"?}`, as the header, the query and the body of REST. */
export interface RpcRequest {
  readonly token: string | undefined;
  readonly id: string;
  readonly ifMatch: string | undefined;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

const TYPE = 'l2gw.rpc.request.v1';

/** Throws `ContractError`. An empty message is a request without arguments. */
export function decodeRpcRequest(text: string, token: string | undefined): RpcRequest {
  const json = text === '' ? {} : parseJson(text);
  const read = reader(TYPE, json);
  return {
    token,
    id: read.has('id') ? read.string('id') : '',
    ifMatch: read.has('if_match') ? read.string('if_match') : undefined,
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
