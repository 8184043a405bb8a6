/** Opens a byte stream to an endpoint. */

import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Endpoint } from './endpoint.js';
import { formatEndpoint, isPassive } from './endpoint.js';
import { DialError, EndpointError } from './errors.js';
import type { DialLimits } from './opening.js';
import { whenOpen } from './opening.js';

/** How a session that this side begins gets its stream. */
export type Dial = (endpoint: Endpoint, limits: DialLimits) => Promise<Duplex>;

/**
 * TCP and Unix sockets, as they are: TLS comes on top. Rejects with EndpointError, DialError, ConnectTimeout or
 * RequestAborted; leaves no socket behind then.
 */
export async function dialPlain(endpoint: Endpoint, limits: DialLimits): Promise<Socket> {
  const stream = open(endpoint);
  const name = formatEndpoint(endpoint);
  const failure = (cause: Error) => new DialError(`cannot reach ${name}: ${cause.message}`, cause);
  await whenOpen({ stream, teller: stream, opened: 'connect', failed: 'error', failure, name }, limits);
  return stream;
}

function open(endpoint: Endpoint): Socket {
  if (isPassive(endpoint)) throw new EndpointError(`${formatEndpoint(endpoint)} waits to be dialled`);
  if (endpoint.kind === 'unix') return connect({ path: endpoint.path });
  return connect({ host: endpoint.host, port: endpoint.port, noDelay: true });
}
