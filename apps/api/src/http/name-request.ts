import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

/** Gives every answer the name by which its request can be found again, as OpenStack's services do. */
export function nameRequest(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('X-Openstack-Request-Id', `req-${randomUUID()}`);
  next();
}
