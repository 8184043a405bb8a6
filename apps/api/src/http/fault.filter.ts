import { Log } from '@l2gw/runtime';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, throwError } from 'rxjs';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { requestIdOf } from './name-request.js';
import { NeutronError, badRequest, conflict } from './neutron-error.js';
import { unsupportedMediaType } from './read-json.js';

/** PostgreSQL's words for a rule of ours that the database has kept: two requests raced and this one lost. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';
/** A text with NUL, half a surrogate pair, a number that is too large: whatever a rule of ours has let through. */
const DATA_EXCEPTION = /^22/;

/** Answers every failure in Neutron's shape; what nobody foresaw becomes a 500 with its cause in the log, never in the answer. */
@Injectable()
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly audit: AuditRecorder,
  ) {}

  catch(failure: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() === 'rpc') return throwError(() => this.answerTo(failure));
    const response = host.switchToHttp().getResponse<Response>();
    const error = this.answerTo(failure, { requestId: requestIdOf(response) });
    this.audit.finish(AuditTrail.current(), { status: error.status, errorType: error.type });
    if (!response.headersSent) response.status(error.status).set(error.headers).json(error.body);
  }

  private answerTo(failure: unknown, request: object = {}): NeutronError {
    if (failure instanceof NeutronError) return failure;
    const known = translateHttp(failure) ?? translateViolation(failure);
    if (known !== undefined) return known;
    this.log.error('request-failed', { error: failure, ...request });
    return new NeutronError(
      500,
      'HTTPInternalServerError',
      'Request Failed: internal server error while processing your request.',
    );
  }
}

/** Of Nest's errors and of those that Express's body parser throws (`http-errors`). */
function translateHttp(failure: unknown): NeutronError | undefined {
  if (failure instanceof HttpException) return translateStatus(failure.getStatus(), failure.message);
  if (!(failure instanceof Error) || !('status' in failure) || typeof failure.status !== 'number') return undefined;
  return failure.status < 500 ? translateStatus(failure.status, failure.message) : undefined;
}

function translateStatus(status: number, message: string): NeutronError {
  if (status === 400 && /JSON/.test(message)) {
    return new NeutronError(400, 'MalformedRequestBody', 'Malformed request body: Cannot understand JSON.');
  }
  if (status === 400) return badRequest(message);
  if (status === 413) return new NeutronError(413, 'HTTPRequestEntityTooLarge', 'The request body is too large.');
  if (status === 415) return unsupportedMediaType(`The body is not understood: ${message}.`);
  if (/^Cannot PATCH /.test(message))
    return new NeutronError(
      405,
      'HTTPMethodNotAllowed',
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    );
  if (status === 404) return new NeutronError(404, 'HTTPNotFound', 'The resource could not be found.');
  return new NeutronError(status, 'HTTPError', message);
}

function translateViolation(failure: unknown): NeutronError | undefined {
  if (typeof failure !== 'object' || failure === null || !('code' in failure)) return undefined;
  const detail = 'detail' in failure && typeof failure.detail === 'string' ? failure.detail : '';
  if (failure.code === UNIQUE_VIOLATION) return conflict('Conflict', `Somebody else was quicker: ${detail}`);
  if (failure.code === FOREIGN_KEY_VIOLATION) return conflict('InUse', `Still in use, or just deleted: ${detail}`);
  if (DATA_EXCEPTION.test(String(failure.code)) && failure instanceof Error)
    return badRequest(`A value cannot be stored: ${failure.message}.`);
  return undefined;
}
