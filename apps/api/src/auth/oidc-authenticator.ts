import { type JWTPayload, errors, jwtVerify } from 'jose';
import { Authenticator, bearerChallenge, unauthorized } from '../http/authenticator.js';
import type { Caller } from '../http/caller.js';
import { claimHolds, textClaim } from './claims.js';
import type { IdentityOutage } from './identity-outage.js';
import { IdentityServerFailure } from './identity-server.js';
import { IssuerKeys } from './issuer-keys.js';
import type { OidcSettings } from './oidc-settings.js';

/** Nothing symmetric: a public key must not do as a secret (RFC 8725 §2.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const TOLERANCE_S = 30;

/** Errors of jose's that say something about the keys, not about the token. */
const NOT_THE_TOKEN = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

/** Believes what an OIDC issuer has signed about a caller (RFC 7519, RFC 9068). */
export class OidcAuthenticator extends Authenticator {
  private readonly keys: IssuerKeys;

  constructor(
    private readonly settings: OidcSettings,
    private readonly outage: IdentityOutage,
  ) {
    super();
    this.keys = new IssuerKeys(settings);
  }

  override async authenticate(token: string | undefined): Promise<Caller> {
    const claims = token === undefined ? undefined : await this.outage.during(() => this.claimsOf(token));
    if (claims === undefined) throw unauthorized(bearerChallenge(token));
    const { adminClaim, adminValue, projectClaim } = this.settings;
    const userId = textClaim(claims, 'sub');
    return {
      userId,
      user: textClaim(claims, 'preferred_username') || userId,
      projectId: textClaim(claims, projectClaim),
      admin: claimHolds(claims, adminClaim, adminValue),
    };
  }

  /** Absent for a token that must not be believed. Throws `IdentityServerFailure` when that cannot be told. */
  private async claimsOf(token: string): Promise<JWTPayload | undefined> {
    try {
      const { payload } = await jwtVerify(token, await this.keys.get(), {
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE_S,
        requiredClaims: ['exp', 'sub'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError && !NOT_THE_TOKEN.has(error.code)) return undefined;
      if (error instanceof IdentityServerFailure) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new IdentityServerFailure(`the keys of ${this.settings.issuer} cannot be had: ${reason}`, { cause: error });
    }
  }
}
