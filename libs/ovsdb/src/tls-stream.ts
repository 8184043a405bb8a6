/** Puts TLS over an open socket, as the one who dialled or as the one who was dialled. */

import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connect, createServer } from 'node:tls';
import type { Endpoint } from './endpoint.js';
import { formatEndpoint } from './endpoint.js';
import type { Dial } from './dial.js';
import { dialPlain } from './dial.js';
import { TlsError } from './errors.js';
import type { DialLimits } from './opening.js';
import { discard, whenOpen } from './opening.js';
import { codeOf } from './pin-file.js';
import { readTlsMaterial } from './tls-material.js';
import type { TlsMaterial } from './tls-material.js';
import { rememberFirst, requireTrusted } from './tls-peer.js';
import type { TlsSettings } from './tls-settings.js';

/** Dials and shakes hands, each within the limits. Rejects as `dialPlain`, or with TlsError. */
export function dialTls(settings: TlsSettings): Dial {
  return async (endpoint, limits) => {
    const material = await readTlsMaterial(settings);
    const socket = await shakeHands(endpoint, await dialPlain(endpoint, limits), material, limits);
    const name = formatEndpoint(endpoint);
    return keepIf(socket, async () => {
      requireTrusted(name, socket, settings, material);
      await rememberFirst(name, socket, settings);
      return socket;
    });
  };
}

/** Nobody is remembered here: who dials in must first show what it is. Rejects with TlsError, ConnectTimeout or RequestAborted. */
export async function acceptTls(
  raw: Socket,
  name: string,
  settings: TlsSettings,
  limits: DialLimits,
): Promise<TLSSocket> {
  const material = await keepIf(raw, () => readTlsMaterial(settings));
  const teller = createServer({ ...material.options, requestCert: true, rejectUnauthorized: false });
  const failure = (cause: Error) => new TlsError(`${name} does not speak TLS as it should: ${wordsOf(cause)}`, cause);
  const opening = { stream: raw, teller, opened: 'secureConnection', failed: 'tlsClientError', failure, name };
  const open = whenOpen<TLSSocket>(opening, limits);
  teller.emit('connection', raw);
  const socket = await open;
  return keepIf(socket, async () => (requireTrusted(name, socket, settings, material), socket));
}

async function shakeHands(
  endpoint: Endpoint,
  raw: Socket,
  { options }: TlsMaterial,
  limits: DialLimits,
): Promise<TLSSocket> {
  const host = endpoint.kind === 'ssl' ? endpoint.host : '';
  const named = host === '' || isIP(host) !== 0 ? {} : { servername: host };
  const checkServerIdentity = () => undefined; // a name is asked for only if the operator gave one
  const stream = connect({ ...options, ...named, socket: raw, rejectUnauthorized: false, checkServerIdentity });
  const name = formatEndpoint(endpoint);
  const failure = (cause: Error) => new TlsError(`${name} does not speak TLS as it should: ${wordsOf(cause)}`, cause);
  await whenOpen({ stream, teller: stream, opened: 'secureConnect', failed: 'error', failure, name }, limits);
  return stream;
}

async function keepIf<Result>(socket: Socket, check: () => Promise<Result>): Promise<Result> {
  try {
    return await check();
  } catch (error) {
    discard(socket);
    throw error;
  }
}

/** OpenSSL's sentence without its file names and line numbers, if it is one of OpenSSL's. */
export function wordsOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'reason' in error) return String(error.reason);
  return error === undefined ? 'it closed the connection' : codeOf(error);
}
