import type { NextFunction, Request, Response } from 'express';
import { MOST_LEVELS, isDeeperThan } from './depth.js';
import { NeutronError, badRequest } from './neutron-error.js';

const JSON_TYPE = /^application\/([\w.+-]+\+)?json\s*(;|$)/i;

/** Clients that name no type send JSON, too: Neutron has always taken their word for it. */
export function isJson(type: string | undefined): boolean {
  return type === undefined || type.trim() === '' || JSON_TYPE.test(type.trim());
}

/** Refuses a body of any other type; before anything is read of it. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const type = request.header('Content-Type');
  if (isJson(type) || !hasBody(request)) return next();
  next(unsupportedMediaType(`The body is ${type}; only application/json is understood.`));
}

/** Nobody asks for that many levels but to see what breaks. */
export function refuseDepth(request: Request, _response: Response, next: NextFunction): void {
  if (isDeeperThan(request.body, MOST_LEVELS)) next(badRequest(`The body has more than ${MOST_LEVELS} levels.`));
  else next();
}

export function unsupportedMediaType(message: string): NeutronError {
  return new NeutronError(415, 'HTTPUnsupportedMediaType', message);
}

/** RFC 9112 §6.3 */
function hasBody(request: Request): boolean {
  return request.header('Transfer-Encoding') !== undefined || Number(request.header('Content-Length') ?? 0) > 0;
}
