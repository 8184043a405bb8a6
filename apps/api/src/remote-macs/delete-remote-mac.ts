import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Facts, markMac } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, conflict } from '../http/neutron-error.js';
import { findRemoteMac } from './remote-mac-store.js';

@Injectable()
export class DeleteRemoteMac {
  constructor(private readonly facts: Facts) {}

  /** The MAC is nobody's any more, or that of the next one who claims it. What another cloud says only that one can take back: 409. */
  run(id: string): Promise<void> {
    return this.facts.commit(async (tx) => {
      const [deleted]: [{ network_id: string; mac: string }[], number] = isUuid(id)
        ? await tx.db.query('DELETE FROM remote_mac WHERE id = $1 RETURNING network_id, mac', [id])
        : [[], 0];
      const [row] = deleted;
      if (row === undefined) throw await notStated(tx.db, id);
      tx.mark(markMac(row.network_id, row.mac));
      tx.tell({ noun: 'remote-mac', change: 'deleted', id, network_id: row.network_id });
    });
  }
}

async function notStated(db: EntityManager, id: string): Promise<NeutronError> {
  const { cloud, mac } = await findRemoteMac(db, id);
  return conflict(
    'L2RemoteMacSynchronised',
    `Cloud ${cloud ?? ''} says that ${mac} is there: delete it in that cloud, refuse it by the import policy of its sync peer, or state an l2_remote_mac of your own, which goes before it.`,
  );
}
