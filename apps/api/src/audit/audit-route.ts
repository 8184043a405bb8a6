import { type ExecutionContext, HttpStatus, RequestMethod } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants';
import { PATTERN_METADATA } from '@nestjs/microservices/constants';
import type { Route } from './audit-trail.js';

/** What the decorators of the method say that will answer a request, whichever door it came through. */
export function auditRoute(
  context: ExecutionContext,
  { body, id }: { readonly body?: unknown; readonly id?: string },
): Route {
  const handler = context.getHandler();
  const method = metadata<RequestMethod>(METHOD_METADATA, handler);
  return {
    pattern: metadata<readonly string[]>(PATTERN_METADATA, handler)?.[0],
    changes: method !== RequestMethod.GET,
    status: context.getType() === 'rpc' ? HttpStatus.OK : statusOf(handler, method),
    body,
    id: id ?? '',
  };
}

/** Nest's own default. */
function statusOf(handler: object, method: RequestMethod | undefined): number {
  const usual = method === RequestMethod.POST ? HttpStatus.CREATED : HttpStatus.OK;
  return metadata<number>(HTTP_CODE_METADATA, handler) ?? usual;
}

function metadata<Value>(key: string, handler: object): Value | undefined {
  return Reflect.getMetadata(key, handler) as Value | undefined;
}
