import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { UpdateHostBody } from './host.body.js';
import { HostEntity } from './host.entity.js';
import { findHost } from './inventory-store.js';

@Injectable()
export class UpdateHost {
  constructor(private readonly facts: Facts) {}

  /** An agent's administrative state is for schedulers; it does not take the host's VTEP away. */
  run(id: string, { admin_state_up }: UpdateHostBody): Promise<HostEntity> {
    return this.facts.commit(async ({ db }) => {
      await findHost(db, id);
      if (admin_state_up !== undefined) await db.update(HostEntity, { id }, { admin_state_up });
      return findHost(db, id);
    });
  }
}
