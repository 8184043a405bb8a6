/** Reads the text by which an operator names where an OVSDB server is reached, or where it is waited for. */

import { isIP, isIPv6 } from 'node:net';
import { EndpointError } from './errors.js';

/** A server that waits: this side dials. */
export type ActiveEndpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp' | 'ssl'; readonly host: string; readonly port: number };

/** A server that dials: this side waits. Port 0: the kernel chooses. No host: every address of this machine. */
export interface PassiveEndpoint {
  readonly kind: 'ptcp' | 'pssl';
  readonly port: number;
  readonly host?: string;
}

export type Endpoint = ActiveEndpoint | PassiveEndpoint;

/** Registered for OVSDB (RFC 7047 §7). */
export const OVSDB_PORT = 6640;

const FORMS = 'unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, ptcp:[PORT][:IP] or pssl:[PORT][:IP]';

/** The forms of ovsdb(7), IPv6 in brackets; `punix:` is for servers. Throws EndpointError. */
export function parseEndpoint(text: string): Endpoint {
  const colon = text.indexOf(':');
  const kind = text.slice(0, Math.max(colon, 0));
  const rest = text.slice(colon + 1);
  switch (kind) {
    case 'unix':
      return { kind, path: nonEmpty(rest, text) };
    case 'tcp':
    case 'ssl':
      return { kind, ...hostAndPort(rest, text) };
    case 'ptcp':
    case 'pssl':
      return { kind, ...portAndHost(rest, text) };
    default:
      throw new EndpointError(`not an OVSDB endpoint (${FORMS}): ${JSON.stringify(text)}`);
  }
}

/** The spelling that `parseEndpoint` reads. */
export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'unix':
      return `unix:${endpoint.path}`;
    case 'tcp':
    case 'ssl':
      return `${endpoint.kind}:${bracketed(endpoint.host)}:${endpoint.port}`;
    default:
      return [endpoint.kind, endpoint.port, ...(endpoint.host === undefined ? [] : [bracketed(endpoint.host)])].join(
        ':',
      );
  }
}

export function isPassive(endpoint: Endpoint): endpoint is PassiveEndpoint {
  return endpoint.kind === 'ptcp' || endpoint.kind === 'pssl';
}

/** Whether its bytes are encrypted. */
export function isSecured(endpoint: Endpoint): boolean {
  return endpoint.kind === 'ssl' || endpoint.kind === 'pssl';
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
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
    throw new EndpointError(`not HOST:PORT (IPv6 in brackets, port 1-65535): ${JSON.stringify(text)}`);
  }
  return { host, port };
}

function portAndHost(rest: string, text: string): { readonly port: number; readonly host?: string } {
  const [, digits, host] = /^(\d{0,5})(?::(.+))?$/.exec(rest) ?? [];
  const port = digits === '' ? OVSDB_PORT : Number(digits);
  const address = host === undefined ? undefined : addressOf(host);
  if (!(port <= 65_535) || address === '') {
    throw new EndpointError(`not [PORT][:IP] (IPv6 in brackets, port 0-65535): ${JSON.stringify(text)}`);
  }
  return address === undefined ? { port } : { port, host: address };
}

/** Empty: it is none. */
function addressOf(text: string): string {
  const inside = /^\[(.+)\]$/.exec(text)?.[1];
  if (inside === undefined) return isIP(text) === 4 ? text : '';
  return isIPv6(inside) ? inside : '';
}
