import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { requireRevision } from '../http/precondition.js';
import { forgetImports } from '../sync/mark-shared.js';
import { markStretches } from './mark-stretches.js';
import { lockRemoteConnection } from './remote-connection-store.js';
import { RemoteConnectionEntity } from './remote-connection.entity.js';

@Injectable()
export class UnstretchNetwork {
  constructor(private readonly facts: Facts) {}

  /** Removes the remote gateway connection with the MACs behind it. */
  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      const stretch = await lockRemoteConnection(tx.db, id);
      requireRevision(stretch, ifMatch);
      await markStretches(tx, 'id', stretch.id);
      await tx.markSelected(
        `SELECT DISTINCT 'network/' || network_id, 'mac/' || mac FROM remote_mac WHERE connection_id = $1`,
        [stretch.id],
      );
      await forgetImports(tx, [stretch.id]);
      await tx.db.delete(RemoteConnectionEntity, { id: stretch.id });
      tx.tell({ noun: 'remote-connection', change: 'deleted', id: stretch.id, network_id: stretch.network_id });
    });
  }
}
