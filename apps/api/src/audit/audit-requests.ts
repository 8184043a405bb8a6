import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { globalRequestId, requestIdOf } from '../http/name-request.js';
import type { AuditRecorder } from './audit-recorder.js';
import { nameChange } from './name-change.js';

const CHANGING = new Set(['POST', 'PUT', 'DELETE']);
const NEUTRON = /^\/v2(\.0)?\//;

/** Follows every request that wants to change something; faults are recorded by the filter that answers them. */
export function auditRequests(recorder: AuditRecorder): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const { method, path } = request;
    if (!CHANGING.has(method) || !NEUTRON.test(path)) return next();
    const trail = recorder.trailOf({
      requestId: requestIdOf(response),
      globalRequestId: globalRequestId((name) => request.header(name)),
      source: (request.ip ?? '').replace(/^::ffff:/, ''),
      method,
      path,
      name: nameChange(method, path),
    });
    if (trail === undefined) return next();
    response.once('finish', () => recorder.finish(trail, { status: response.statusCode, errorType: '' }));
    trail.follow(next);
  };
}
