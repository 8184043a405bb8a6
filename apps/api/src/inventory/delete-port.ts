import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { CONNECTION_PORT } from './connection-port-owner.js';
import { lockPort } from './inventory-store.js';
import { PortEntity } from './port.entity.js';
import { markPorts } from './port-store.js';

@Injectable()
export class DeletePort {
  constructor(private readonly facts: Facts) {}

  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      const port = await lockPort(tx.db, id);
      requireRevision(port, ifMatch);
      if (port.device_owner === CONNECTION_PORT) {
        throw conflict(
          'L2GatewayPortInUse',
          `Port '${id}' is owned by '${port.device_owner}' and therefore cannot be deleted directly via the port API.`,
        );
      }
      await tx.db.delete(PortEntity, { id });
      await markPorts(tx, port.network_id, [port]);
      tx.tell({ noun: 'port', change: 'deleted', id, network_id: port.network_id });
    });
  }
}
