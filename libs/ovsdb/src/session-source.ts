/** Where the sessions of a kept connection come from: this side dials, or the server does. */

import type { Dial } from './dial.js';
import { dialPlain } from './dial.js';
import type { ActiveEndpoint, Endpoint } from './endpoint.js';
import { formatEndpoint, isSecured } from './endpoint.js';
import type { OvsdbError } from './errors.js';
import { EndpointError, PeerClosed, TlsError } from './errors.js';
import type { SessionOptions } from './session.js';
import { Session } from './session.js';
import { dialTls, wordsOf } from './tls-stream.js';
import type { TlsSettings } from './tls-settings.js';

export interface SessionSource {
  /** The next one; the one before must have ended. Rejects with an OvsdbError. Waits as long as it takes, if the server dials. */
  next(signal: AbortSignal): Promise<Session>;
  /** Ends what is waiting; nothing more comes. */
  stop(): Promise<void>;
}

export interface DialSettings {
  readonly connectTimeoutMs: number;
  readonly session: SessionOptions;
  readonly tls?: TlsSettings | undefined;
}

export class DialledSessions implements SessionSource {
  private readonly dial: Dial;

  /** Throws EndpointError if the endpoint is one of TLS and nothing is said of TLS. */
  constructor(
    private readonly endpoint: ActiveEndpoint,
    private readonly settings: DialSettings,
  ) {
    this.dial = isSecured(endpoint) ? dialTls(requireTls(endpoint, settings.tls)) : dialPlain;
  }

  async next(signal: AbortSignal): Promise<Session> {
    const stream = await this.dial(this.endpoint, { timeoutMs: this.settings.connectTimeoutMs, signal });
    const unheard = (reason: OvsdbError) => endOfSilence(this.endpoint, reason);
    return new Session(stream, { ...this.settings.session, unheard, signal });
  }

  async stop(): Promise<void> {
    // the sessions hang on the signal they were asked for with
  }
}

/**
 * Why a server ends a session without a word. In TLS 1.3 it judges our certificate after the handshake is over on this
 * side (RFC 8446 §4.4.2.4); a port of TLS hangs up on those who speak plainly.
 */
function endOfSilence(endpoint: Endpoint, reason: OvsdbError): OvsdbError {
  if (!(reason instanceof PeerClosed) || endpoint.kind === 'unix') return reason;
  const name = formatEndpoint(endpoint);
  if (!isSecured(endpoint)) return new PeerClosed(`${name} hung up without a word; does it want TLS?`, reason);
  return new TlsError(`${name} does not accept our certificate: ${wordsOf(reason.cause)}`, reason);
}

/** Throws EndpointError. */
export function requireTls(endpoint: Endpoint, tls: TlsSettings | undefined): TlsSettings {
  if (tls === undefined) throw new EndpointError(`${formatEndpoint(endpoint)} needs settings for TLS`);
  return tls;
}
