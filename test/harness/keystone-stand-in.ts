/** As much of Keystone's Identity API v3 as the API and the `openstack` client ask for: logins by password, tokens, a catalog. */
import { randomUUID } from 'node:crypto';
import type { Certificate } from './certificate.js';
import { type StandInAnswer, type StandInRequest, StandInServer } from './stand-in-server.js';

export interface KeystoneUser {
  readonly name: string;
  readonly password: string;
  readonly project: string;
  readonly roles: readonly string[];
}

interface IssuedToken {
  readonly user: KeystoneUser;
  readonly expiresAt: number;
}

const HOUR_MS = 3_600_000;
const LOGIN = 'POST /v3/auth/tokens';
const VALIDATION = 'GET /v3/auth/tokens';

export async function startKeystone(
  users: readonly KeystoneUser[],
  certificate?: Certificate,
): Promise<KeystoneStandIn> {
  const keystone = new KeystoneStandIn(users, certificate);
  await keystone.server.start();
  return keystone;
}

export class KeystoneStandIn {
  readonly server: StandInServer;
  /** Where the catalog says that the service `network` is. */
  networkUrl = '';
  private readonly tokens = new Map<string, IssuedToken>();

  constructor(
    private readonly users: readonly KeystoneUser[],
    certificate?: Certificate,
  ) {
    this.server = new StandInServer((request) => this.answer(request), certificate);
  }

  get url(): string {
    return this.server.url;
  }

  get logins(): number {
    return this.server.count(LOGIN);
  }

  get validations(): number {
    return this.server.count(VALIDATION);
  }

  /** A token for the user, as if he had logged in. */
  issue(name: string, livesMs = HOUR_MS): string {
    const user = this.users.find((each) => each.name === name);
    if (user === undefined) throw new Error(`Keystone has no user ${name}`);
    const token = `gAAAAA${randomUUID()}`;
    this.tokens.set(token, { user, expiresAt: Date.now() + livesMs });
    return token;
  }

  revoke(token: string): void {
    this.tokens.delete(token);
  }

  /** Every token of the user, such as those the API has for itself. */
  revokeAllOf(name: string): void {
    for (const [token, { user }] of this.tokens) if (user.name === name) this.tokens.delete(token);
  }

  private answer(request: StandInRequest): StandInAnswer {
    if (request.what === 'GET /') return { status: 300, body: { versions: { values: [this.version()] } } };
    if (request.what === 'GET /v3') return { status: 200, body: { version: this.version() } };
    if (request.what === LOGIN) return this.logIn(request.body);
    if (request.what === VALIDATION) return this.validate(request.headers);
    return { status: 404, body: error(404, 'Not Found') };
  }

  private logIn(body: unknown): StandInAnswer {
    const { identity } = (body as { auth: { identity: Identity } }).auth;
    const { name, password } = identity.password?.user ??
      nameAndSecret(identity.application_credential) ?? { name: '', password: '' };
    const user = this.users.find((each) => each.name === name && each.password === password);
    if (user === undefined) return { status: 401, body: error(401, 'Unauthorized') };
    const token = this.issue(user.name);
    return { status: 201, headers: { 'X-Subject-Token': token }, body: this.described(token) };
  }

  private validate(headers: StandInRequest['headers']): StandInAnswer {
    const asker = this.valid(headers['x-auth-token']);
    if (asker === undefined) return { status: 401, body: error(401, 'Unauthorized') };
    if (!asker.user.roles.includes('service')) return { status: 403, body: error(403, 'Forbidden') };
    const subject = String(headers['x-subject-token']);
    if (this.valid(subject) === undefined) return { status: 404, body: error(404, 'Not Found') };
    return { status: 200, headers: { 'X-Subject-Token': subject }, body: this.described(subject) };
  }

  private valid(token: string | string[] | undefined): IssuedToken | undefined {
    const issued = this.tokens.get(String(token));
    return issued !== undefined && issued.expiresAt > Date.now() ? issued : undefined;
  }

  private described(token: string): object {
    const issued = this.tokens.get(token);
    if (issued === undefined) throw new Error('no such token');
    const { user, expiresAt } = issued;
    const domain = { id: 'default', name: 'Default' };
    return {
      token: {
        methods: ['password'],
        user: { id: `id-of-${user.name}`, name: user.name, domain, password_expires_at: null },
        project: { id: `id-of-${user.project}`, name: user.project, domain },
        roles: user.roles.map((name) => ({ id: `id-of-${name}`, name })),
        is_domain: false,
        issued_at: new Date().toISOString(),
        expires_at: new Date(expiresAt).toISOString(),
        audit_ids: [randomUUID()],
        catalog: [
          this.service('identity', 'keystone', `${this.url}/v3`),
          this.service('network', 'neutron', this.networkUrl),
        ],
      },
    };
  }

  private service(type: string, name: string, url: string): object {
    const endpoint = { interface: 'public', region: 'RegionOne', region_id: 'RegionOne', url };
    return { id: `id-of-${name}`, type, name, endpoints: [{ id: `endpoint-of-${name}`, ...endpoint }] };
  }

  private version(): object {
    return {
      id: 'v3.14',
      status: 'stable',
      updated: '2020-04-07T00:00:00Z',
      links: [{ rel: 'self', href: `${this.url}/v3/` }],
      'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
    };
  }
}

interface Identity {
  readonly password?: { readonly user: { readonly name: string; readonly password: string } };
  readonly application_credential?: { readonly id: string; readonly secret: string };
}

/** The stand-in's application credentials have the id and the secret of their user. */
function nameAndSecret(
  credential: Identity['application_credential'],
): { readonly name: string; readonly password: string } | undefined {
  return credential === undefined ? undefined : { name: credential.id, password: credential.secret };
}

function error(code: number, title: string): object {
  return { error: { code, title, message: title } };
}
