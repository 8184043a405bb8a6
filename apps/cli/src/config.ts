/** Where the API is and who asks it, from flags and the environment. */
import { readFileSync } from 'node:fs';
import { UsageError } from './failures.js';
import { type KeystoneLogin, readKeystoneLogin } from './keystone-settings.js';

export interface ApiSettings {
  /** Without a slash and without `/v2.0` at its end; empty: where Keystone's catalog says. */
  readonly url: string;
  readonly token?: string;
  /** Who gives the token, if nobody gave one. */
  readonly keystone?: KeystoneLogin;
}

export interface ApiFlags {
  readonly url?: string;
  readonly tokenFile?: string;
}

const DEFAULT_URL = 'http://127.0.0.1:9696';

/** What OpenStack calls the ways to do without Keystone. */
const WITHOUT_KEYSTONE = ['none', 'token_endpoint', 'admin_token'];

/**
 * A flag goes before `L2GW_…`, that before `OS_…`. The token of `OS_TOKEN` is for the server of `OS_ENDPOINT` only, and that of Keystone
 * for the one of its catalog: no other server gets to see it. Throws `UsageError`, which never shows a token.
 */
export function loadConfig(env: NodeJS.ProcessEnv, flags: ApiFlags): ApiSettings {
  const own = flags.url ?? set(env, 'L2GW_API_URL');
  const tokenFile = flags.tokenFile ?? set(env, 'L2GW_TOKEN_FILE');
  const keystone =
    own === undefined && tokenFile === undefined && asksKeystone(env) ? readKeystoneLogin(env) : undefined;
  if (keystone !== undefined) return { url: readOverride(env), keystone };
  const foreign = own === undefined ? openStackUrl(env) : undefined;
  const token = tokenFile === undefined ? openStackToken(env, foreign) : readToken(tokenFile);
  return {
    url: readUrl(own ?? foreign ?? DEFAULT_URL),
    ...(token === undefined ? {} : { token: sendable(token) }),
  };
}

function asksKeystone(env: NodeJS.ProcessEnv): boolean {
  return !WITHOUT_KEYSTONE.includes(set(env, 'OS_AUTH_TYPE') ?? (openStackUrl(env) === undefined ? '' : 'none'));
}

function openStackUrl(env: NodeJS.ProcessEnv): string | undefined {
  return set(env, 'OS_ENDPOINT') ?? set(env, 'OS_URL');
}

function readOverride(env: NodeJS.ProcessEnv): string {
  const override = set(env, 'OS_ENDPOINT_OVERRIDE') ?? set(env, 'OS_NETWORK_ENDPOINT_OVERRIDE');
  return override === undefined ? '' : readUrl(override);
}

function openStackToken(env: NodeJS.ProcessEnv, url: string | undefined): string | undefined {
  return url === undefined || env['OS_AUTH_TYPE'] === 'none' ? undefined : set(env, 'OS_TOKEN');
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    throw new UsageError(`the token file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Checked here, because the HTTP client would show a token that it cannot send. */
function sendable(token: string): string {
  if (!/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(token)) {
    throw new UsageError('the token is empty or has characters that cannot be sent');
  }
  return token;
}

/** Throws `UsageError`. */
export function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`the URL of the API is not http://… or https://…: ${text}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('the URL of the API must not carry a name or password; use --token-file');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/v2\.0$/, '');
}

function set(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}
