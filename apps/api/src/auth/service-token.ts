import { type IdentityServer, IdentityServerFailure } from './identity-server.js';
import type { KeystoneLogin } from './keystone-settings.js';
import { readKeystoneToken } from './keystone-token.js';

/** A token that expires sooner than this is renewed before it is used. */
const MARGIN_MS = 60_000;
/** After a failure nobody logs in for a while: Keystone locks users out who give a wrong password too often. */
const PAUSE_MS = 5000;

interface Valid {
  readonly token: string;
  readonly expiresAt: number;
}

/** The API's own token at Keystone, renewed when it expires; all who need it share one login. */
export class ServiceToken {
  private current: Valid | undefined;
  private login: Promise<Valid> | undefined;
  private failure: { readonly error: unknown; readonly until: number } | undefined;

  constructor(
    private readonly server: IdentityServer,
    private readonly credentials: KeystoneLogin,
    private readonly now: () => number = Date.now,
  ) {}

  /** Throws `IdentityServerFailure`. */
  async get(): Promise<string> {
    if (this.current !== undefined && this.current.expiresAt - MARGIN_MS > this.now()) return this.current.token;
    if (this.failure !== undefined && this.failure.until > this.now()) throw this.failure.error;
    this.login ??= this.logIn().finally(() => (this.login = undefined));
    return (await this.login).token;
  }

  /** For when Keystone has refused the token that `get` gave. */
  renewed(refused: string): Promise<string> {
    if (this.current?.token === refused) this.current = undefined;
    return this.get();
  }

  private async logIn(): Promise<Valid> {
    try {
      this.current = await this.obtain();
      this.failure = undefined;
      return this.current;
    } catch (error) {
      this.failure = { error, until: this.now() + PAUSE_MS };
      throw error;
    }
  }

  private async obtain(): Promise<Valid> {
    const answer = await this.server.ask('POST', '/v3/auth/tokens?nocatalog', {}, { auth: authOf(this.credentials) });
    const token = answer.headers['x-subject-token'];
    if (answer.status !== 201 || typeof token !== 'string') {
      throw new IdentityServerFailure(`Keystone does not let the API log in: status ${answer.status}`);
    }
    return { token, expiresAt: readKeystoneToken(answer.body).expiresAt };
  }
}

/** Identity API v3, "Password authentication with scoped authorization" and "Authenticating with an Application Credential". */
function authOf(login: KeystoneLogin): object {
  if (login.kind === 'application credential') {
    const { id, secret } = login;
    return { identity: { methods: ['application_credential'], application_credential: { id, secret } } };
  }
  const user = { name: login.user, domain: { name: login.userDomain }, password: login.password };
  return {
    identity: { methods: ['password'], password: { user } },
    scope: { project: { name: login.project, domain: { name: login.projectDomain } } },
  };
}
