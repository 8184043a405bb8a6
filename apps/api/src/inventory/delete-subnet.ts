import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { lockSubnet } from './subnet-store.js';
import { SubnetEntity } from './subnet.entity.js';

@Injectable()
export class DeleteSubnet {
  constructor(private readonly facts: Facts) {}

  /** Refused with 409 `SubnetInUse` while ports have addresses of it. */
  run(id: string): Promise<void> {
    return this.facts.commit(async (tx) => {
      const { network_id } = await lockSubnet(tx.db, id);
      const [used]: unknown[] = await tx.db.query('SELECT 1 FROM fixed_ip WHERE subnet_id = $1 LIMIT 1', [id]);
      if (used !== undefined) {
        throw conflict(
          'SubnetInUse',
          `Unable to complete operation on subnet ${id}: One or more ports have an IP allocation from this subnet.`,
        );
      }
      await tx.db.delete(SubnetEntity, { id });
      tx.tell({ noun: 'subnet', change: 'deleted', id, network_id });
    });
  }
}
