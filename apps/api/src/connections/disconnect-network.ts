import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { replaceBindings } from '../gateways/binding-store.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { PortEntity } from '../inventory/port.entity.js';
import { ConnectionEntity } from './connection.entity.js';
import { lockConnection } from './connection-store.js';

@Injectable()
export class DisconnectNetwork {
  constructor(private readonly facts: Facts) {}

  /** Removes the connection with its bindings and its port; refused while the network is stretched from it to other clouds. */
  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      const connection = await lockConnection(tx.db, id);
      requireRevision(connection, ifMatch);
      await requireUnstretched(tx, connection);
      await replaceBindings(tx, connection, []);
      await tx.db.delete(ConnectionEntity, { id });
      await tx.db.delete(PortEntity, { id: connection.port_id });
      tx.tell({ noun: 'connection', change: 'deleted', id, network_id: connection.network_id });
    });
  }
}

async function requireUnstretched(tx: FactsTransaction, connection: ConnectionEntity): Promise<void> {
  const [stretch]: { id: string }[] = await tx.db.query(
    'SELECT id FROM remote_gateway_connection WHERE network_id = $1 AND l2_gateway_id = $2 LIMIT 1',
    [connection.network_id, connection.l2_gateway_id],
  );
  if (stretch === undefined) return;
  throw conflict(
    'L2GatewayConnectionInUse',
    `The connection ${connection.id} is used by remote gateway connection ${stretch.id}: delete that first.`,
  );
}
