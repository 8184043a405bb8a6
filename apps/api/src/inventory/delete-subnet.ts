import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { markStretchesOf } from '../sync/mark-shared.js';
import { reviseNetwork } from './network-store.js';
import { lockSubnet } from './subnet-store.js';
import { SubnetEntity } from './subnet.entity.js';

@Injectable()
export class DeleteSubnet {
  constructor(private readonly facts: Facts) {}

  /** Refused with 409 `SubnetInUse` while ports have addresses of it. */
  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      const subnet = await lockSubnet(tx.db, id);
      requireRevision(subnet, ifMatch);
      const [used]: unknown[] = await tx.db.query('SELECT 1 FROM fixed_ip WHERE subnet_id = $1 LIMIT 1', [id]);
      if (used !== undefined) {
        throw conflict(
          'SubnetInUse',
          `Unable to complete operation on subnet ${id}: One or more ports have an IP allocation from this subnet.`,
        );
      }
      await tx.db.delete(SubnetEntity, { id });
      await reviseNetwork(tx.db, subnet.network_id);
      await markStretchesOf(tx, subnet.network_id);
      tx.tell({ noun: 'subnet', change: 'deleted', id, network_id: subnet.network_id });
    });
  }
}
