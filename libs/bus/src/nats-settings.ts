import { type Authenticator, type ConnectionOptions, credsAuthenticator, nkeyAuthenticator } from 'nats';
import type { BusOptions } from './bus-options.js';

const CLIENT_ID = /^[A-Za-z0-9_-]+$/;

/** What the client library has to know so that it never gives up and keeps nothing to send later. */
export function natsSettings(options: BusOptions, reconnectDelay: () => number): ConnectionOptions {
  if (!CLIENT_ID.test(options.client)) throw new RangeError(`not a client id: ${JSON.stringify(options.client)}`);
  const authenticator = authenticators(options);
  return {
    servers: [...options.servers],
    name: options.client,
    inboxPrefix: `_INBOX_${options.client}`,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectDelayHandler: reconnectDelay,
    pingInterval: options.pingMs ?? 5000,
    maxPingOut: 2,
    timeout: 5000,
    noAsyncTraces: true,
    ...(authenticator.length > 0 && { authenticator }),
    ...(options.token !== undefined && { token: options.token }),
    ...(options.user !== undefined && { user: options.user, pass: options.password ?? '' }),
    ...(options.tls && { tls: { ...options.tls } }),
  };
}

function authenticators({ nkeySeed, creds }: BusOptions): Authenticator[] {
  const bytes = new TextEncoder();
  return [
    ...(nkeySeed === undefined ? [] : [nkeyAuthenticator(bytes.encode(nkeySeed.trim()))]),
    ...(creds === undefined ? [] : [credsAuthenticator(bytes.encode(creds))]),
  ];
}

/** Pauses that double with each failed attempt, the upper half left to chance so that clients do not come back in step. */
export class ReconnectPause {
  private attempts = 0;
  private pause = 0;

  constructor(
    private readonly firstMs: number,
    private readonly mostMs: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** The library asks more than once for the same pause. */
  ms(): number {
    return this.pause;
  }

  failed(): void {
    const full = Math.min(this.mostMs, this.firstMs * 2 ** Math.min(this.attempts, 20));
    this.pause = full * (0.5 + this.random() / 2);
    this.attempts += 1;
  }

  succeeded(): void {
    this.attempts = 0;
    this.pause = 0;
  }
}
