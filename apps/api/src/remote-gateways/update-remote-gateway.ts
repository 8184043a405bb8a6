import { parseVtepIp } from '@l2gw/l2';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { requireRevision } from '../http/precondition.js';
import { markStretches } from './mark-stretches.js';
import type { UpdateRemoteGatewayBody } from './remote-gateway.body.js';
import { lockRemoteGateway } from './remote-gateway-store.js';

@Injectable()
export class UpdateRemoteGateway {
  constructor(private readonly facts: Facts) {}

  /** Changes what the body names; everything that leads to the remote gateway follows it to another address. */
  run(id: string, body: UpdateRemoteGatewayBody, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      const before = await lockRemoteGateway(tx.db, id);
      requireRevision(before, ifMatch);
      const ipaddr = body.ipaddr === undefined ? before.ipaddr : parseVtepIp(body.ipaddr);
      await tx.db.query(
        `UPDATE remote_gateway SET name = $2, ipaddr = $3, updated_at = now(), revision_number = revision_number + 1 WHERE id = $1`,
        [id, body.name ?? before.name, ipaddr],
      );
      tx.tell({ noun: 'remote-gateway', change: 'updated', id, revision: before.revision_number + 1 });
      if (ipaddr !== before.ipaddr) await markStretches(tx, 'remote_gateway_id', id);
    });
  }
}
