import { Log } from '@l2gw/runtime';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, throwError } from 'rxjs';
import { Busy, NeutronError, badRequest, conflict } from './neutron-error.js';

/** PostgreSQL's words for a rule of ours that the database has kept: two requests raced and this one lost. */
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/** Answers every failure in Neutron's shape; what nobody foresaw becomes a 500 with its cause in the log, never in the answer. */
@Injectable()
@Catch()
export class FaultFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(failure: unknown, host: ArgumentsHost): Observable<never> | void {
    const error = this.translate(failure);
    if (host.getType() === 'rpc') return throwError(() => error);
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof Busy && !response.headersSent) response.setHeader('Retry-After', error.retryAfterS);
    if (!response.headersSent) response.status(error.status).json(error.body);
  }

  private translate(failure: unknown): NeutronError {
    if (failure instanceof NeutronError) return failure;
    if (failure instanceof HttpException) return translateHttp(failure);
    const raced = translateViolation(failure);
    if (raced !== undefined) return raced;
    this.log.error('request-failed', { error: failure });
    return new NeutronError(
      500,
      'HTTPInternalServerError',
      'Request Failed: internal server error while processing your request.',
    );
  }
}

function translateHttp(failure: HttpException): NeutronError {
  const status = failure.getStatus();
  if (failure.cause instanceof SyntaxError || /JSON/.test(failure.message)) {
    return new NeutronError(400, 'MalformedRequestBody', 'Malformed request body: Cannot understand JSON.');
  }
  if (status === 400) return badRequest(failure.message);
  if (status === 413) return new NeutronError(413, 'HTTPRequestEntityTooLarge', 'The request body is too large.');
  if (/^Cannot PATCH /.test(failure.message))
    return new NeutronError(
      405,
      'HTTPMethodNotAllowed',
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    );
  if (status === 404) return new NeutronError(404, 'HTTPNotFound', 'The resource could not be found.');
  return new NeutronError(status, 'HTTPError', failure.message);
}

function translateViolation(failure: unknown): NeutronError | undefined {
  if (typeof failure !== 'object' || failure === null || !('code' in failure)) return undefined;
  const detail = 'detail' in failure && typeof failure.detail === 'string' ? failure.detail : '';
  if (failure.code === UNIQUE_VIOLATION) return conflict('Conflict', `Somebody else was quicker: ${detail}`);
  if (failure.code === FOREIGN_KEY_VIOLATION) return conflict('InUse', `Still in use, or just deleted: ${detail}`);
  return undefined;
}
