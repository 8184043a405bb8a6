import { ContractError, reader } from '@l2gw/contracts';
import { IdentityServerFailure } from './identity-server.js';

/** What Keystone says about a token (Identity API v3, "Validate and show information for token"). */
export interface KeystoneToken {
  readonly userId: string;
  readonly user: string;
  /** Empty for tokens of a domain or of the system, and for those without a scope. */
  readonly projectId: string;
  readonly roles: readonly string[];
  /** ms since 1970 */
  readonly expiresAt: number;
}

/** Throws `IdentityServerFailure` if it is no such answer. */
export function readKeystoneToken(body: unknown): KeystoneToken {
  try {
    return reader('keystone.token', body).object('token', (token) => ({
      ...token.object('user', (user) => ({ userId: user.string('id'), user: user.string('name') })),
      projectId: token.has('project') ? token.object('project', (project) => project.string('id')) : '',
      roles: token.has('roles') ? token.objects('roles', (role) => role.string('name')) : [],
      expiresAt: token.as('expires_at', parseTime),
    }));
  } catch (cause) {
    if (!(cause instanceof ContractError)) throw cause;
    throw new IdentityServerFailure(`Keystone's answer is not understood: ${cause.message}`, { cause });
  }
}

function parseTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RangeError(`is not a time: ${text}`);
  return time;
}
