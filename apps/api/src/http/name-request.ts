import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

export const REQUEST_ID = 'X-Openstack-Request-Id';

const GLOBAL = /^req-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function newRequestId(): string {
  return `req-${randomUUID()}`;
}

/** Gives every answer the name by which its request can be found again, as OpenStack's services do. */
export function nameRequest(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader(REQUEST_ID, newRequestId());
  next();
}

export function requestIdOf(response: Response): string {
  return String(response.getHeader(REQUEST_ID));
}

/** The name that another service has given to what this request is a part of; empty if there is none of that form. */
export function globalRequestId(header: (name: string) => string | undefined): string {
  const name = header(REQUEST_ID) ?? '';
  return GLOBAL.test(name) ? name : '';
}
