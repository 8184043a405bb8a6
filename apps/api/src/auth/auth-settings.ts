import type { Listen, Settings } from '@l2gw/runtime';
import { TokenFile } from '../http/authenticator.js';
import { type KeystoneSettings, readKeystone } from './keystone-settings.js';
import { type OidcSettings, readOidc } from './oidc-settings.js';

/** How the API finds out who asks. Secrets are contents, not paths. */
export type AuthSettings =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly tokens: string }
  | { readonly kind: 'keystone'; readonly keystone: KeystoneSettings }
  | { readonly kind: 'oidc'; readonly oidc: OidcSettings };

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

export function readAuth(settings: Settings, http: Listen): AuthSettings {
  const kind = settings.oneOf('L2GW_AUTH', ['none', 'token', 'keystone', 'oidc'], 'token');
  if (kind === 'keystone') return { kind, keystone: readKeystone(settings) };
  if (kind === 'oidc') return { kind, oidc: readOidc(settings) };
  if (kind === 'token') return { kind, tokens: readTokens(settings) };
  if (!LOOPBACK.test(http.host))
    settings.refuse(`L2GW_AUTH is none, so L2GW_HTTP_LISTEN must be a loopback address, not ${http.host}`);
  return { kind };
}

function readTokens(settings: Settings): string {
  settings.text('L2GW_AUTH_TOKENS_FILE');
  const tokens = settings.secret('L2GW_AUTH_TOKENS_FILE') ?? '';
  try {
    new TokenFile(tokens);
  } catch (error) {
    settings.refuse(`L2GW_AUTH_TOKENS_FILE: ${error instanceof Error ? error.message : String(error)}`);
  }
  return tokens;
}
