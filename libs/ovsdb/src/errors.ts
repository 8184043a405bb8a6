/** The ways a conversation with an OVSDB server fails; what a transaction answers stands in `transact-error.ts`. */

import type { Json } from './json.js';
import { isObject } from './json.js';

/** Whether a request that failed for reasons of the connection may have been executed. */
export type Outcome = 'not-sent' | 'unknown';

/** Every error of this library. `code` is stable; `retryable` says that the same wish may succeed after looking again. */
export abstract class OvsdbError extends Error {
  abstract readonly code: string;
  readonly retryable: boolean = false;

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
  }
}

/** The text of an endpoint cannot be used. */
export class EndpointError extends OvsdbError {
  readonly code = 'OVSDB_ENDPOINT';
}

/** A value cannot be written in, or read from, the notation of RFC 7047 §5.1. */
export class NotationError extends OvsdbError {
  readonly code = 'OVSDB_NOTATION';
}

/** The byte stream is not a sequence of JSON objects within the limits. */
export class FramingError extends OvsdbError {
  readonly code = 'OVSDB_FRAMING';

  constructor(
    readonly kind: 'stray-close' | 'garbage' | 'too-long' | 'too-deep' | 'not-json',
    message: string,
    cause?: unknown,
  ) {
    super(message, cause);
  }
}

/** The server sent well-formed JSON that RFC 7047 does not allow there. */
export class ProtocolError extends OvsdbError {
  readonly code = 'OVSDB_PROTOCOL';
}

/** The server could not be reached; `cause` is the error of the operating system. */
export class DialError extends OvsdbError {
  readonly code = 'OVSDB_DIAL';
  override readonly retryable = true;
}

/** The server did not accept the connection in time. */
export class ConnectTimeout extends OvsdbError {
  readonly code = 'OVSDB_CONNECT_TIMEOUT';
  override readonly retryable = true;
}

/** A certificate, a key or the protocol of TLS does not fit, on this side or on the other; new files may mend it. */
export class TlsError extends OvsdbError {
  readonly code = 'OVSDB_TLS';
  override readonly retryable = true;
}

/** Somebody who dialled in is not the server that was waited for. */
export class Stranger extends OvsdbError {
  readonly code = 'OVSDB_STRANGER';
}

/** The server has dialled in anew, and the session it had does not answer any more. */
export class Superseded extends OvsdbError {
  readonly code = 'OVSDB_SUPERSEDED';
  override readonly retryable = true;
}

/** The session lives, but what changes in the database is not told any more. */
export class MonitorSilent extends OvsdbError {
  readonly code = 'OVSDB_MONITOR_SILENT';
  override readonly retryable = true;
}

/** Nothing was received for two probe intervals, although an echo was asked for after the first. */
export class ProbeTimeout extends OvsdbError {
  readonly code = 'OVSDB_PROBE_TIMEOUT';
  override readonly retryable = true;
}

/** The server closed the connection, or the network did. */
export class PeerClosed extends OvsdbError {
  readonly code = 'OVSDB_PEER_CLOSED';
  override readonly retryable = true;
}

/** This side closed the session on purpose. */
export class SessionClosed extends OvsdbError {
  readonly code = 'OVSDB_SESSION_CLOSED';
}

/** A request was lost with its session. `outcome` is `unknown` once it had been handed to the socket. */
export class Disconnected extends OvsdbError {
  readonly code = 'OVSDB_DISCONNECTED';
  override readonly retryable = true;

  constructor(
    readonly outcome: Outcome,
    cause?: unknown,
  ) {
    super(outcome === 'unknown' ? 'the session ended before the reply came' : 'there is no session', cause);
  }
}

/** No reply within the time the caller gave. */
export class RequestTimeout extends OvsdbError {
  readonly code = 'OVSDB_REQUEST_TIMEOUT';
  override readonly retryable = true;

  constructor(
    readonly outcome: Outcome,
    method: string,
    timeoutMs: number,
  ) {
    super(`no reply to ${method} within ${timeoutMs} ms`);
  }
}

/** The caller's AbortSignal fired; `cause` is its reason. */
export class RequestAborted extends OvsdbError {
  readonly code = 'OVSDB_REQUEST_ABORTED';

  constructor(
    readonly outcome: Outcome,
    cause?: unknown,
  ) {
    super('the request was given up by its caller', cause);
  }
}

/** More requests are waiting than the bound allows; nothing was sent. */
export class QueueFull extends OvsdbError {
  readonly code = 'OVSDB_QUEUE_FULL';
  override readonly retryable = true;
}

/** The server answered a request with a JSON-RPC error (RFC 7047 §4.1). `error` and `details` are the server's words. */
export class RpcError extends OvsdbError {
  readonly code = 'OVSDB_RPC';
  readonly error: string;
  readonly details: string | undefined;

  constructor(
    readonly method: string,
    answer: Json,
  ) {
    const { error, details } = wordsOf(answer);
    super(`${method}: ${error}${details === undefined ? '' : ` (${details})`}`);
    this.error = error;
    this.details = details;
  }

  isUnknownMethod(): boolean {
    return this.error === 'unknown method';
  }
}

/** Servers write an error as a bare string or as `{error, details, syntax}`. */
export function wordsOf(answer: Json): { readonly error: string; readonly details: string | undefined } {
  if (!isObject(answer))
    return { error: typeof answer === 'string' ? answer : JSON.stringify(answer), details: undefined };
  const { error, details, syntax } = answer;
  const words = [details, syntax].filter((each) => typeof each === 'string');
  return {
    error: typeof error === 'string' ? error : JSON.stringify(answer),
    details: words.length === 0 ? undefined : words.join('; syntax: '),
  };
}
