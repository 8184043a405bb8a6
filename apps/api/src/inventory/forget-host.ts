import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { HostEntity } from './host.entity.js';
import { lockPorts, markHost, vtepOf } from './host-store.js';
import { findHost } from './inventory-store.js';

@Injectable()
export class ForgetHost {
  constructor(private readonly facts: Facts) {}

  /** Its ports stay; without a VTEP they are nowhere, until the host registers again. */
  run(id: string): Promise<void> {
    return this.facts.commit(async (tx) => {
      const { host } = await findHost(tx.db, id);
      await lockPorts(tx);
      const before = await vtepOf(tx.db, host);
      await tx.db.delete(HostEntity, { id });
      await markHost(tx, host, before);
    });
  }
}
