/** Reads the text by which an operator names an OVSDB server. */

import { EndpointError } from './errors.js';

export type Endpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

const NOT_YET = ['ssl', 'ptcp', 'pssl', 'punix'];

/** `unix:PATH`, `tcp:HOST:PORT`, IPv6 in brackets. Throws EndpointError. */
export function parseEndpoint(text: string): Endpoint {
  const colon = text.indexOf(':');
  const scheme = text.slice(0, Math.max(colon, 0));
  const rest = text.slice(colon + 1);
  if (scheme === 'unix') return { kind: 'unix', path: nonEmpty(rest, text) };
  if (scheme === 'tcp') return { kind: 'tcp', ...hostAndPort(rest, text) };
  if (NOT_YET.includes(scheme)) throw new EndpointError(`${scheme}: is not supported yet: ${text}`);
  throw new EndpointError(`not an OVSDB endpoint (unix:PATH or tcp:HOST:PORT): ${JSON.stringify(text)}`);
}

/** The spelling that `parseEndpoint` reads. */
export function formatEndpoint(endpoint: Endpoint): string {
  if (endpoint.kind === 'unix') return `unix:${endpoint.path}`;
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return `tcp:${host}:${endpoint.port}`;
}

function nonEmpty(path: string, text: string): string {
  if (path === '') throw new EndpointError(`an endpoint without a path: ${JSON.stringify(text)}`);
  return path;
}

function hostAndPort(rest: string, text: string): { readonly host: string; readonly port: number } {
  const match = /^(?:\[([0-9a-fA-F:.%\w]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(rest);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  if (host === undefined || !(port >= 1 && port <= 65_535)) {
    throw new EndpointError(`not tcp:HOST:PORT (IPv6 in brackets, port 1-65535): ${JSON.stringify(text)}`);
  }
  return { host, port };
}
