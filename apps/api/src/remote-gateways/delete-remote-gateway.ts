import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { lockRemoteGateway } from './remote-gateway-store.js';
import { RemoteGatewayEntity } from './remote-gateway.entity.js';

@Injectable()
export class DeleteRemoteGateway {
  constructor(private readonly facts: Facts) {}

  /** Refused with 409 `L2RemoteGatewayInUse` while a network is stretched to it. */
  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      requireRevision(await lockRemoteGateway(tx.db, id), ifMatch);
      const [used]: { id: string }[] = await tx.db.query(
        'SELECT id FROM remote_gateway_connection WHERE remote_gateway_id = $1 LIMIT 1',
        [id],
      );
      if (used !== undefined) {
        throw conflict(
          'L2RemoteGatewayInUse',
          `L2 Remote Gateway ${id} is still used by remote gateway connection ${used.id}: delete that first.`,
        );
      }
      await tx.db.delete(RemoteGatewayEntity, { id });
      tx.tell({ noun: 'remote-gateway', change: 'deleted', id });
    });
  }
}
