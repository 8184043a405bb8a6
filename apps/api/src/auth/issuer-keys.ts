import { ContractError, reader } from '@l2gw/contracts';
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { IdentityServer, IdentityServerFailure } from './identity-server.js';
import type { OidcSettings } from './oidc-settings.js';

/** A token with an unknown key makes us fetch the keys anew, but no oftener than this. */
const COOLDOWN_MS = 5000;
/** Keys that the issuer has withdrawn are good for this long. */
const FRESH_MS = 600_000;
const LIMIT_MS = 5000;

/** The keys with which an issuer signs. Where they are is found out when they are needed first. */
export class IssuerKeys {
  private readonly server: IdentityServer;
  private found: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly settings: OidcSettings) {
    this.server = new IdentityServer(settings.issuer.replace(/\/+$/, ''), settings.ca);
  }

  /** Throws `IdentityServerFailure`. */
  async get(): Promise<JWTVerifyGetKey> {
    try {
      this.found ??= this.find();
      return await this.found;
    } catch (error) {
      this.found = undefined;
      throw error;
    }
  }

  private async find(): Promise<JWTVerifyGetKey> {
    const url = this.settings.jwksUrl ?? (await this.discover());
    const { agent } = new IdentityServer(url, this.settings.ca);
    const options = { agent, cooldownDuration: COOLDOWN_MS, cacheMaxAge: FRESH_MS, timeoutDuration: LIMIT_MS };
    return createRemoteJWKSet(new URL(url), options);
  }

  /** OpenID Connect Discovery 1.0 §4; §4.3 wants the issuer compared. */
  private async discover(): Promise<string> {
    const { status, body } = await this.server.ask('GET', '/.well-known/openid-configuration', {});
    if (status !== 200) throw new IdentityServerFailure(`the issuer answers ${status} about its configuration`);
    try {
      const read = reader('openid-configuration', body);
      if (read.string('issuer') === this.settings.issuer) return read.as('jwks_uri', (text) => new URL(text).href);
    } catch (cause) {
      if (!(cause instanceof ContractError)) throw cause;
      throw new IdentityServerFailure(`the issuer's configuration is not understood: ${cause.message}`, { cause });
    }
    throw new IdentityServerFailure(`the configuration is another issuer's than ${this.settings.issuer}`);
  }
}
