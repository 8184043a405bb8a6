/** Longer ones, and such with control characters, are nobody's. */
const TOKEN = /^[\x20-\x7e]{1,8192}$/;
const BEARER = /^Bearer +(.+)$/i;

/**
 * The token that comes with a request, in Keystone's header or as a bearer token (RFC 6750 §2.1); Keystone's goes first.
 * Absent if there is none, or none that could be sent on in a header.
 */
export function presentedToken(header: (name: string) => string | undefined): string | undefined {
  const token = header('X-Auth-Token') ?? BEARER.exec(header('Authorization') ?? '')?.[1];
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}
