import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { requireRevision } from '../http/precondition.js';
import { replaceBindings } from './binding-store.js';
import { bindingsOf } from './bindings.js';
import { changedDevices } from './changed-devices.js';
import type { UpdateGatewayBody } from './gateway.body.js';
import { type GatewayDevice, GatewayEntity } from './gateway.entity.js';
import { lockGateway } from './gateway-store.js';
import { requirePorts } from './known-ports.js';

interface LiveConnection {
  readonly id: string;
  readonly network_id: string;
  readonly segmentation_id: number | null;
}

@Injectable()
export class UpdateGateway {
  constructor(private readonly facts: Facts) {}

  /** Changes what the body names; connected networks are bound anew to the interfaces that the gateway has now. */
  run(id: string, body: UpdateGatewayBody, ifMatch?: number): Promise<GatewayEntity> {
    return this.facts.commit(async (tx) => {
      const before = await lockGateway(tx.db, id, 'UPDATE');
      requireRevision(before, ifMatch);
      const devices = body.devices === undefined ? before.devices : changedDevices(before.devices, body.devices);
      if (body.devices !== undefined) {
        await requirePorts(tx.db, devices, 'L2GatewayPhysicalPortNotFound');
        await this.rebind(tx, id, devices);
      }
      const [row]: [GatewayEntity[], number] = await tx.db.query(
        `UPDATE l2_gateway SET name = $2, devices = $3, updated_at = now(), revision_number = revision_number + 1
         WHERE id = $1 RETURNING *`,
        [id, body.name ?? before.name, JSON.stringify(devices)],
      );
      const after = row[0] ?? before;
      tx.tell({ noun: 'gateway', change: 'updated', id, revision: after.revision_number });
      return after;
    });
  }

  private async rebind(tx: FactsTransaction, gatewayId: string, devices: readonly GatewayDevice[]): Promise<void> {
    const connections: LiveConnection[] = await tx.db.query(
      'SELECT id, network_id, segmentation_id FROM l2_gateway_connection WHERE l2_gateway_id = $1 ORDER BY id',
      [gatewayId],
    );
    for (const connection of connections) {
      await replaceBindings(tx, connection, bindingsOf(devices, connection.segmentation_id ?? undefined));
    }
  }
}
