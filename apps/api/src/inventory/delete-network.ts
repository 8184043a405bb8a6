import { Injectable } from '@nestjs/common';
import { Facts, markNetwork } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { requireRevision } from '../http/precondition.js';
import { lockNetwork } from './inventory-store.js';
import { NetworkEntity } from './network.entity.js';

@Injectable()
export class DeleteNetwork {
  constructor(private readonly facts: Facts) {}

  /** Refused with 409 `NetworkInUse` while ports or connections hang on the network. */
  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      requireRevision(await lockNetwork(tx.db, id, 'UPDATE'), ifMatch);
      const [used]: unknown[] = await tx.db.query('SELECT 1 FROM port WHERE network_id = $1 LIMIT 1', [id]);
      if (used !== undefined) {
        throw conflict(
          'NetworkInUse',
          `Unable to complete operation on network ${id}. There are one or more ports still in use on the network.`,
        );
      }
      await tx.db.delete(NetworkEntity, { id });
      tx.mark(markNetwork(id));
      tx.tell({ noun: 'network', change: 'deleted', id, network_id: id });
    });
  }
}
