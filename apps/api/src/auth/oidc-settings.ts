import type { Settings } from '@l2gw/runtime';
import { readUrl } from './read-url.js';

export interface OidcSettings {
  /** Exactly as tokens spell it in `iss`. */
  readonly issuer: string;
  /** What tokens for us have in `aud`. */
  readonly audience: string;
  /** Where the issuer's keys are; absent: what its discovery document says. */
  readonly jwksUrl?: string;
  /** PEM of the authority that signed the issuer's certificate; absent: the system's authorities. */
  readonly ca?: string;
  /** Path of the claim that makes an administrator if it is, or contains, `adminValue`. */
  readonly adminClaim: string;
  readonly adminValue: string;
  /** Path of the claim that names the caller's project. */
  readonly projectClaim: string;
}

export function readOidc(settings: Settings): OidcSettings {
  readUrl(settings, 'L2GW_OIDC_ISSUER');
  const ca = settings.secret('L2GW_OIDC_CA_FILE');
  const keys = settings.optional('L2GW_OIDC_JWKS_URL');
  return {
    issuer: settings.optional('L2GW_OIDC_ISSUER') ?? '',
    audience: settings.text('L2GW_OIDC_AUDIENCE'),
    ...(keys === undefined ? {} : { jwksUrl: readUrl(settings, 'L2GW_OIDC_JWKS_URL') }),
    ...(ca === undefined ? {} : { ca }),
    adminClaim: settings.text('L2GW_OIDC_ADMIN_CLAIM', 'realm_access.roles'),
    adminValue: settings.text('L2GW_OIDC_ADMIN_VALUE', 'l2gw-admin'),
    projectClaim: settings.text('L2GW_OIDC_PROJECT_CLAIM', 'project_id'),
  };
}
