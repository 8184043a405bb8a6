import { Injectable } from '@nestjs/common';
import { Facts, markMac } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { remoteMacNotFound } from './remote-mac-store.js';

@Injectable()
export class DeleteRemoteMac {
  constructor(private readonly facts: Facts) {}

  /** The MAC is nobody's any more, or that of the next one who claims it. */
  run(id: string): Promise<void> {
    return this.facts.commit(async (tx) => {
      const [deleted]: [{ network_id: string; mac: string }[], number] = isUuid(id)
        ? await tx.db.query('DELETE FROM remote_mac WHERE id = $1 RETURNING network_id, mac', [id])
        : [[], 0];
      const [row] = deleted;
      if (row === undefined) throw remoteMacNotFound(id);
      tx.mark(markMac(row.network_id, row.mac));
      tx.tell({ noun: 'remote-mac', change: 'deleted', id, network_id: row.network_id });
    });
  }
}
