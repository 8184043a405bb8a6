import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { adminRequired } from './admin-required.js';
import { Authenticator } from './authenticator.js';
import type { Caller } from './caller.js';
import { presentedToken } from './presented-token.js';

/** Somebody at one of the doors. */
export interface Entrant {
  readonly header: (name: string) => string | undefined;
  readonly creates: boolean;
}

/** Finds out who asks, and lets administrators in. */
@Injectable()
export class Admission {
  constructor(private readonly authenticator: Authenticator) {}

  /** Throws `NeutronError` 401, 403 or 503. */
  async admit({ header, creates }: Entrant): Promise<Caller> {
    const caller = await this.authenticator.authenticate(presentedToken(header));
    AuditTrail.current()?.identified(caller);
    if (!caller.admin) throw adminRequired(creates ? 'creates' : 'reads or changes');
    return caller;
  }
}
