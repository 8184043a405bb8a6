import type { NextFunction, Request, Response } from 'express';

/** The base of the PLUMgrid specification: the same nouns as under `/v2.0`, in that specification's words. */

const BASE = /^\/v2(?=[/?]|$)/;

/** Routes `/v2/…` as `/v2.0/…`; `originalUrl` still tells which one it was. */
export function routePlumgrid(request: Request, _response: Response, next: NextFunction): void {
  request.url = request.url.replace(BASE, '/v2.0');
  next();
}

/** The collection that a request on this base is about; absent if the request came on the other one. */
export function plumgridCollection(request: Request): string | undefined {
  return BASE.test(request.originalUrl) ? /^\/v2\.0\/([^/?]+)/.exec(request.url)?.[1] : undefined;
}
