import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Admission } from './admission.js';
import type { Admitted } from './ask.js';

/** Below the versions, which are for everybody. */
const NEUTRON = /^\/v2(\.0)?\/./;

/**
 * Finds out who asks before anything is read of what he sends: strangers' bodies are neither unpacked nor parsed. `OPTIONS`, by which
 * browsers ask whether they may ask, never has a token.
 */
export function admitEarly(admission: Admission): RequestHandler {
  return (request: Request & Admitted, _response: Response, next: NextFunction) => {
    if (!NEUTRON.test(request.path) || request.method === 'OPTIONS') return next();
    const entrant = { header: (name: string) => request.header(name), creates: request.method === 'POST' };
    admission.admit(entrant).then((caller) => {
      request.caller = caller;
      next();
    }, next);
  };
}
