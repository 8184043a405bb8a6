import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { UpdateHostBody } from './host.body.js';
import { HostEntity } from './host.entity.js';
import { findHost } from './inventory-store.js';

@Injectable()
export class UpdateHost {
  constructor(private readonly facts: Facts) {}

  /** An agent's administrative state is for schedulers; it does not take the host's VTEP away. */
  async run(id: string, body: UpdateHostBody): Promise<HostEntity> {
    const { db } = this.facts;
    await findHost(db, id);
    if (body.admin_state_up !== undefined) await db.update(HostEntity, { id }, { admin_state_up: body.admin_state_up });
    return findHost(db, id);
  }
}
