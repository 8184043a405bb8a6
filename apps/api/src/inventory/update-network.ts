import { Injectable } from '@nestjs/common';
import { Facts, markLogicalSwitch } from '../database/facts.js';
import { toInteger } from '../http/attributes.js';
import { requireRevision } from '../http/precondition.js';
import type { UpdateNetworkBody } from './network.body.js';
import { NetworkEntity } from './network.entity.js';
import { lockNetwork } from './inventory-store.js';
import { type NetworkRow, findNetwork } from './network-store.js';

@Injectable()
export class UpdateNetwork {
  constructor(private readonly facts: Facts) {}

  /** Changes what the body names; switches show the new name as the description of their logical switch. */
  run(id: string, body: UpdateNetworkBody, ifMatch?: number): Promise<NetworkRow> {
    return this.facts.commit(async (tx) => {
      const before = await lockNetwork(tx.db, id, 'UPDATE');
      requireRevision(before, ifMatch);
      const { 'router:external': external, mtu, ...others } = body;
      const changes = {
        ...others,
        ...(external === undefined ? {} : { external }),
        ...(mtu === undefined || mtu === null ? {} : { mtu: toInteger(mtu) }),
      };
      await tx.db.update(
        NetworkEntity,
        { id },
        { ...changes, updated_at: () => 'now()', revision_number: () => 'revision_number + 1' },
      );
      if (body.name !== undefined && body.name !== before.name) {
        const bound: { device_name: string }[] = await tx.db.query(
          'SELECT DISTINCT device_name FROM binding WHERE network_id = $1',
          [id],
        );
        tx.mark(...bound.map((each) => markLogicalSwitch(each.device_name, id)));
      }
      const after = await findNetwork(tx.db, id);
      tx.tell({ noun: 'network', change: 'updated', id, network_id: id, revision: after.revision_number });
      return after;
    });
  }
}
