import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { toInteger } from '../http/attributes.js';
import { requireRevision } from '../http/precondition.js';
import { attachGateways } from './attach-gateways.js';
import { markPeer, markWaysTo } from './mark-shared.js';
import type { UpdatePeerBody } from './peer.body.js';
import { SyncPeerEntity } from './peer.entity.js';
import { canonicalPolicy } from './peer-settings.js';
import { lockPeer } from './peer-store.js';

@Injectable()
export class UpdatePeer {
  constructor(private readonly facts: Facts) {}

  /** Changes what the body names; what a remote gateway that is taken away has brought goes. */
  run(id: string, body: UpdatePeerBody, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      const before = await lockPeer(tx.db, id);
      requireRevision(before, ifMatch);
      await tx.db.update(
        SyncPeerEntity,
        { id: before.id },
        { ...changed(before, body), updated_at: () => 'now()', revision_number: () => 'revision_number + 1' },
      );
      if (body.remote_gateways !== undefined) await attachGateways(tx, before.id, body.remote_gateways ?? []);
      tx.mark(markPeer(before.id));
      if (body.on_tunnel_down !== undefined) await markWaysTo(tx, before.id);
      tx.tell({ noun: 'sync-peer', change: 'updated', id: before.id, revision: before.revision_number + 1 });
    });
  }
}

function changed(before: SyncPeerEntity, body: UpdatePeerBody): Partial<SyncPeerEntity> {
  return {
    name: body.name ?? before.name,
    servers: body.servers ?? before.servers,
    credentials: body.credentials === undefined ? before.credentials : body.credentials,
    keys: body.keys ?? before.keys,
    enabled: body.enabled ?? before.enabled,
    policy: canonicalPolicy({ ...before.policy, ...body.policy }),
    limits: { ...before.limits, ...body.limits },
    stale_seconds: body.stale_seconds === undefined ? before.stale_seconds : toInteger(body.stale_seconds),
    on_tunnel_down: body.on_tunnel_down ?? before.on_tunnel_down,
    transit: body.transit ?? before.transit,
    next_hop_self: body.next_hop_self ?? before.next_hop_self,
  };
}
