import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { replaceBindings } from '../gateways/binding-store.js';
import { PortEntity } from '../inventory/port.entity.js';
import { ConnectionEntity } from './connection.entity.js';
import { lockConnection } from './connection-store.js';

@Injectable()
export class DisconnectNetwork {
  constructor(private readonly facts: Facts) {}

  /** Removes the connection with its bindings and its port. */
  run(id: string): Promise<void> {
    return this.facts.commit(async (tx) => {
      const connection = await lockConnection(tx.db, id);
      await replaceBindings(tx, connection, []);
      await tx.db.delete(ConnectionEntity, { id });
      await tx.db.delete(PortEntity, { id: connection.port_id });
      tx.tell({ noun: 'connection', change: 'deleted', id, network_id: connection.network_id });
    });
  }
}
