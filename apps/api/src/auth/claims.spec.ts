import { type Claims, claimHolds, claimOf, textClaim } from './claims.js';

const claims: Claims = JSON.parse(`{
  "sub": "u-1",
  "scope": "openid l2gw-admin",
  "realm_access": { "roles": ["viewer", "l2gw-admin"] },
  "https://example.com/roles": ["l2gw-admin"],
  "operator": true
}`) as Claims;

describe('A claim', () => {
  it('is found by its name, and by the names on the way to it', () => {
    expect(claimOf(claims, 'sub')).toBe('u-1');
    expect(claimOf(claims, 'realm_access.roles')).toEqual(['viewer', 'l2gw-admin']);
    expect(claimOf(claims, 'https://example.com/roles')).toEqual(['l2gw-admin']);
    expect(textClaim(claims, 'realm_access.roles')).toBe('');
  });

  it.each([
    'nothing',
    'sub.length',
    'realm_access.roles.0.length',
    'constructor',
    '__proto__',
    'realm_access.toString',
  ])('is absent at %s', (path) => expect(claimOf(claims, path)).toBeUndefined());

  it.each([
    ['realm_access.roles', 'l2gw-admin', true],
    ['realm_access.roles', 'admin', false],
    ['scope', 'l2gw-admin', true],
    ['scope', 'l2gw', false],
    ['sub', 'u-1', true],
    ['operator', 'true', true],
    ['operator', 'false', false],
    ['nothing', 'l2gw-admin', false],
  ])('%s holds %s: %s', (path, value, holds) => expect(claimHolds(claims, path, value)).toBe(holds));
});
