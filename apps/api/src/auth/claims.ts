/** Reading the claims of a JWT by configured names. */

export type Claims = Readonly<Record<string, unknown>>;

/** A claim by its name, or by the names on the way to it with dots between: `realm_access.roles`. */
export function claimOf(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((value, name) => {
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as Claims)[name]
      : undefined;
  }, claims);
}

/** A text claim; empty if there is none. */
export function textClaim(claims: Claims, path: string): string {
  const value = claimOf(claims, path);
  return typeof value === 'string' ? value : '';
}

/** True if the claim is the value or a list with it; also if it is one of several words, as in `scope` (RFC 8693 §4.2). */
export function claimHolds(claims: Claims, path: string, value: string): boolean {
  const claim = claimOf(claims, path);
  if (Array.isArray(claim)) return claim.includes(value);
  return typeof claim === 'string' ? claim === value || claim.split(' ').includes(value) : String(claim) === value;
}
