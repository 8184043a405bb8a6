/** Opens a byte stream to an endpoint. */

import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Endpoint } from './endpoint.js';
import { formatEndpoint } from './endpoint.js';
import { ConnectTimeout, DialError, RequestAborted } from './errors.js';

export interface DialLimits {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a session gets its stream. TLS, or waiting for the switch to dial in, is another function of this type. */
export type Dial = (endpoint: Endpoint, limits: DialLimits) => Promise<Duplex>;

/** Plain TCP and Unix sockets. Rejects with DialError, ConnectTimeout or RequestAborted; leaves no socket behind then. */
export const dialPlain: Dial = (endpoint, limits) =>
  new Promise((resolve, reject) => {
    const socket = open(endpoint);
    const name = formatEndpoint(endpoint);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', giveUp);
      socket.off('error', fail);
      act();
    };
    const fail = (cause: Error) =>
      settle(() => reject(discard(socket, new DialError(`cannot reach ${name}: ${cause.message}`, cause))));
    const giveUp = () => settle(() => reject(discard(socket, new RequestAborted('not-sent', limits.signal?.reason))));
    const late = () =>
      settle(() => reject(discard(socket, new ConnectTimeout(`${name} did not accept within ${limits.timeoutMs} ms`))));
    const timer = setTimeout(late, limits.timeoutMs);
    socket.once('error', fail);
    socket.once('connect', () => settle(() => resolve(socket)));
    limits.signal?.addEventListener('abort', giveUp, { once: true });
    if (limits.signal?.aborted) giveUp();
  });

function open(endpoint: Endpoint): Socket {
  if (endpoint.kind === 'unix') return connect({ path: endpoint.path });
  return connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
}

function discard(socket: Socket, error: Error): Error {
  socket.on('error', () => undefined);
  socket.destroy();
  return error;
}
