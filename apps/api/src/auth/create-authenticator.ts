import type { Log } from '@l2gw/runtime';
import { type Authenticator, OpenDoor, TokenFile } from '../http/authenticator.js';
import type { AuthSettings } from './auth-settings.js';
import { IdentityOutage } from './identity-outage.js';
import { KeystoneAuthenticator } from './keystone-authenticator.js';
import { OidcAuthenticator } from './oidc-authenticator.js';

/** The one authenticator that the settings name. */
export function createAuthenticator(settings: AuthSettings, log: Log): Authenticator {
  switch (settings.kind) {
    case 'none':
      return new OpenDoor();
    case 'token':
      return new TokenFile(settings.tokens);
    case 'keystone':
      return new KeystoneAuthenticator(settings.keystone, new IdentityOutage(log));
    case 'oidc':
      return new OidcAuthenticator(settings.oidc, new IdentityOutage(log));
  }
}
