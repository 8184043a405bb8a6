import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { GatewayEntity } from './gateway.entity.js';
import { lockGateway } from './gateway-store.js';

@Injectable()
export class DeleteGateway {
  constructor(private readonly facts: Facts) {}

  /** Refused with 409 `L2GatewayInUse` while a network is connected. */
  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      requireRevision(await lockGateway(tx.db, id, 'UPDATE'), ifMatch);
      const [used]: unknown[] = await tx.db.query(
        'SELECT 1 FROM l2_gateway_connection WHERE l2_gateway_id = $1 LIMIT 1',
        [id],
      );
      if (used !== undefined) {
        throw conflict(
          'L2GatewayInUse',
          `L2 Gateway '${id}' still has active mappings with one or more neutron networks.`,
        );
      }
      await tx.db.delete(GatewayEntity, { id });
      tx.tell({ noun: 'gateway', change: 'deleted', id });
    });
  }
}
