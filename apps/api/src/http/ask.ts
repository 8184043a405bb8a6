import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { RpcRequest } from '../rpc/rpc-request.js';
import type { Caller } from './caller.js';
import { type Door, busDoor, httpDoor } from './door.js';
import { readIfMatch } from './precondition.js';

/** What is asked, whichever door it came through: HTTP or the bus. */
export interface Ask {
  readonly caller: Caller;
  readonly id: string;
  /** The revision that the thing must still have to be changed. */
  readonly ifMatch: number | undefined;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly door: Door;
}

/** Something the admin guard has let in, with the caller it found. */
export interface Admitted {
  caller?: Caller;
}

/** Injects the `Ask` into a method that serves both doors. */
export const Asked = createParamDecorator((_: undefined, context: ExecutionContext): Ask => {
  return context.getType() === 'rpc' ? fromBus(context) : fromHttp(context);
});

function fromHttp(context: ExecutionContext): Ask {
  const request = context.switchToHttp().getRequest<Request & Admitted>();
  const [, queryText] = request.url.split('?', 2);
  return {
    caller: admitted(request),
    id: typeof request.params['id'] === 'string' ? request.params['id'] : '',
    ifMatch: readIfMatch(request.header('If-Match')),
    query: new URLSearchParams(queryText ?? ''),
    body: request.body,
    door: httpDoor(request, context.switchToHttp().getResponse<Response>()),
  };
}

function fromBus(context: ExecutionContext): Ask {
  const request = context.switchToRpc().getData<RpcRequest & Admitted>();
  const { id, query, body, ifMatch } = request;
  return { caller: admitted(request), id, ifMatch: readIfMatch(ifMatch), query, body, door: busDoor };
}

function admitted(request: Admitted): Caller {
  if (request.caller === undefined) throw new Error('a route without the admin guard');
  return request.caller;
}
