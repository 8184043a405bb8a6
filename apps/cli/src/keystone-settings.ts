/** How to log in at Keystone, from the variables that every OpenStack client reads. */
import { UsageError } from './failures.js';

export interface KeystoneLogin {
  /** Without a slash and without `/v3` at its end. */
  readonly authUrl: string;
  /** `auth.identity` of Identity API v3. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** `auth.scope`; absent for an application credential, which has one of its own. */
  readonly scope?: Readonly<Record<string, unknown>>;
  /** Which of the catalog's end points. */
  readonly interface: string;
  readonly region?: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const DEFAULT_DOMAIN = { id: 'default' };

/** Absent if `OS_AUTH_URL` is not set. Throws `UsageError` that names the variable, never its value if that is a secret. */
export function readKeystoneLogin(env: Env): KeystoneLogin | undefined {
  const authUrl = said(env, 'OS_AUTH_URL');
  if (authUrl === undefined) return undefined;
  if (said(env, 'OS_CACERT') !== undefined) {
    throw new UsageError('OS_CACERT cannot be used here: name the same file in NODE_EXTRA_CA_CERTS');
  }
  const region = said(env, 'OS_REGION_NAME');
  const type = (said(env, 'OS_AUTH_TYPE') ?? 'password').replace(/^v3/, '');
  return {
    authUrl: readAuthUrl(authUrl),
    ...credentialsOf(type, env),
    interface: (said(env, 'OS_INTERFACE') ?? 'public').replace(/URL$/, ''),
    ...(region === undefined ? {} : { region }),
  };
}

function credentialsOf(type: string, env: Env): Pick<KeystoneLogin, 'identity' | 'scope'> {
  switch (type) {
    case 'password':
      return { identity: { methods: ['password'], password: { user: userOf(env) } }, ...scopeOf(env) };
    case 'token':
      return { identity: { methods: ['token'], token: { id: needed(env, 'OS_TOKEN') } }, ...scopeOf(env) };
    case 'applicationcredential':
      return { identity: { methods: ['application_credential'], application_credential: applicationOf(env) } };
    default:
      throw new UsageError(`OS_AUTH_TYPE=${type} is not one of password, token, v3applicationcredential`);
  }
}

function userOf(env: Env): object {
  const id = said(env, 'OS_USER_ID');
  const password = needed(env, 'OS_PASSWORD');
  if (id !== undefined) return { id, password };
  return { name: needed(env, 'OS_USERNAME'), domain: domainOf(env, 'OS_USER_DOMAIN'), password };
}

function applicationOf(env: Env): object {
  const secret = needed(env, 'OS_APPLICATION_CREDENTIAL_SECRET');
  const id = said(env, 'OS_APPLICATION_CREDENTIAL_ID');
  if (id !== undefined) return { id, secret };
  const user = { name: needed(env, 'OS_USERNAME'), domain: domainOf(env, 'OS_USER_DOMAIN') };
  return { name: needed(env, 'OS_APPLICATION_CREDENTIAL_NAME'), user, secret };
}

function scopeOf(env: Env): Pick<KeystoneLogin, 'scope'> {
  const id = said(env, 'OS_PROJECT_ID') ?? said(env, 'OS_TENANT_ID');
  if (id !== undefined) return { scope: { project: { id } } };
  const name = said(env, 'OS_PROJECT_NAME') ?? said(env, 'OS_TENANT_NAME');
  return name === undefined ? {} : { scope: { project: { name, domain: domainOf(env, 'OS_PROJECT_DOMAIN') } } };
}

function domainOf(env: Env, prefix: string): object {
  const id = said(env, `${prefix}_ID`) ?? said(env, 'OS_DEFAULT_DOMAIN');
  const name = said(env, `${prefix}_NAME`);
  return name === undefined ? (id === undefined ? DEFAULT_DOMAIN : { id }) : { name };
}

function readAuthUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`OS_AUTH_URL is not http://… or https://…: ${text}`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/v3$/, '');
}

function needed(env: Env, name: string): string {
  const value = said(env, name);
  if (value === undefined)
    throw new UsageError(`OS_AUTH_URL is set, so ${name} must be, too; or use --url and --token-file`);
  return value;
}

function said(env: Env, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}
