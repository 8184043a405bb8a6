import type { Log } from '@l2gw/runtime';
import { NeutronError } from '../http/neutron-error.js';
import { IdentityServerFailure } from './identity-server.js';

const RETRY_AFTER_S = '5';

/** Says once that nobody can be asked who callers are, and once that it is over; meanwhile callers are told to come again. */
export class IdentityOutage {
  private lasts = false;

  constructor(private readonly log: Log) {}

  /** Throws `NeutronError` 503 in place of an `IdentityServerFailure`. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      const result = await work();
      this.over();
      return result;
    } catch (error) {
      if (!(error instanceof IdentityServerFailure)) throw error;
      if (!this.lasts) this.log.error('identity-unavailable', { error });
      this.lasts = true;
      throw identityUnavailable();
    }
  }

  private over(): void {
    if (this.lasts) this.log.info('identity-available');
    this.lasts = false;
  }
}

export function identityUnavailable(): NeutronError {
  return new NeutronError(
    503,
    'IdentityServiceUnavailable',
    'Whether the token is good cannot be found out now, because the identity service does not answer. Try again later.',
    { headers: { 'Retry-After': RETRY_AFTER_S } },
  );
}
