import type { Settings } from '@l2gw/runtime';
import { readUrl } from './read-url.js';

export interface KeystoneSettings {
  /** Without `/v3`. */
  readonly url: string;
  /** Where clients are sent that have no token. */
  readonly publicUrl: string;
  /** PEM of the authority that signed Keystone's certificate; absent: the system's authorities. */
  readonly ca?: string;
  readonly login: KeystoneLogin;
  /** The name of the role that makes an administrator. */
  readonly adminRole: string;
  /** How long a token that was found good is not looked at again. */
  readonly cacheMs: number;
}

/** How the API itself logs in, so that it may ask about other people's tokens. */
export type KeystoneLogin =
  | {
      readonly kind: 'password';
      readonly user: string;
      readonly userDomain: string;
      readonly project: string;
      readonly projectDomain: string;
      readonly password: string;
    }
  | { readonly kind: 'application credential'; readonly id: string; readonly secret: string };

export function readKeystone(settings: Settings): KeystoneSettings {
  const url = readUrl(settings, 'L2GW_KEYSTONE_URL').replace(/\/v3$/, '');
  const ca = settings.secret('L2GW_KEYSTONE_CA_FILE');
  return {
    url,
    publicUrl: settings.optional('L2GW_KEYSTONE_PUBLIC_URL') ?? url,
    ...(ca === undefined ? {} : { ca }),
    login: readLogin(settings),
    adminRole: settings.text('L2GW_KEYSTONE_ADMIN_ROLE', 'admin'),
    cacheMs: settings.integer('L2GW_KEYSTONE_CACHE_S', 300, 'seconds') * 1000,
  };
}

function readLogin(settings: Settings): KeystoneLogin {
  settings.text('L2GW_KEYSTONE_PASSWORD_FILE');
  const secret = settings.secret('L2GW_KEYSTONE_PASSWORD_FILE') ?? '';
  const id = settings.optional('L2GW_KEYSTONE_APPLICATION_CREDENTIAL');
  if (id !== undefined) return { kind: 'application credential', id, secret };
  return {
    kind: 'password',
    user: settings.text('L2GW_KEYSTONE_USER', 'l2gw'),
    userDomain: settings.text('L2GW_KEYSTONE_USER_DOMAIN', 'Default'),
    project: settings.text('L2GW_KEYSTONE_PROJECT', 'service'),
    projectDomain: settings.text('L2GW_KEYSTONE_PROJECT_DOMAIN', 'Default'),
    password: secret,
  };
}
