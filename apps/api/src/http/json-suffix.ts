import type { NextFunction, Request, Response } from 'express';

/** Older clients of Neutron name the format at the end of the path. Only where it cannot be the end of a name that we know of. */
const SUFFIXED =
  /^(\/v2\.0\/(?:[a-z0-9-]+(?:\/[0-9a-f-]{36})?|quotas\/[^/?]+(?:\/(?:default|details))?))\.json(?=\?|$)/;

/** Takes `/v2.0/l2-gateways.json` for `/v2.0/l2-gateways`. */
export function dropJsonSuffix(request: Request, _response: Response, next: NextFunction): void {
  request.url = request.url.replace(SUFFIXED, '$1');
  next();
}
