import { Authenticator, unauthorized } from '../http/authenticator.js';
import type { Caller } from '../http/caller.js';
import type { IdentityOutage } from './identity-outage.js';
import { type IdentityAnswer, IdentityServer, IdentityServerFailure } from './identity-server.js';
import type { KeystoneSettings } from './keystone-settings.js';
import { readKeystoneToken } from './keystone-token.js';
import { type Finding, KnownTokens } from './known-tokens.js';
import { ServiceToken } from './service-token.js';

/** Asks Keystone whose a token is. A token that was revoked goes on for as long as findings are kept. */
export class KeystoneAuthenticator extends Authenticator {
  private readonly server: IdentityServer;
  private readonly service: ServiceToken;
  private readonly known: KnownTokens;

  constructor(
    private readonly settings: KeystoneSettings,
    private readonly outage: IdentityOutage,
  ) {
    super();
    this.server = new IdentityServer(settings.url, settings.ca);
    this.service = new ServiceToken(this.server, settings.login);
    this.known = new KnownTokens(settings.cacheMs);
  }

  override async authenticate(token: string | undefined): Promise<Caller> {
    const caller = token === undefined ? undefined : await this.callerOf(token);
    if (caller === undefined) throw unauthorized(`Keystone uri='${this.settings.publicUrl}'`);
    return caller;
  }

  private callerOf(token: string): Promise<Caller | undefined> {
    return this.known.callerOf(token, () => this.outage.during(() => this.find(token)));
  }

  private async find(token: string): Promise<Finding> {
    const answer = await this.askAbout(token);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw new IdentityServerFailure(`Keystone answers ${answer.status} about a token`);
    const { userId, user, projectId, roles, expiresAt } = readKeystoneToken(answer.body);
    const admin = roles.some((role) => role.toLowerCase() === this.settings.adminRole.toLowerCase());
    return { caller: { userId, user, projectId, admin }, expiresAt };
  }

  /** 404 is about the token that is asked about, 401 about our own, which may have been revoked before its time. */
  private async askAbout(token: string): Promise<IdentityAnswer> {
    const own = await this.service.get();
    const answer = await this.validate(own, token);
    return answer.status === 401 ? this.validate(await this.service.renewed(own), token) : answer;
  }

  private validate(own: string, token: string): Promise<IdentityAnswer> {
    const headers = { 'X-Auth-Token': own, 'X-Subject-Token': token };
    return this.server.ask('GET', '/v3/auth/tokens?nocatalog', headers);
  }
}
