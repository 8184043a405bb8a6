import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { requireRevision } from '../http/precondition.js';
import { attachGateways } from './attach-gateways.js';
import { markPeer } from './mark-shared.js';
import { SyncPeerEntity } from './peer.entity.js';
import { lockPeer } from './peer-store.js';

@Injectable()
export class DeletePeer {
  constructor(private readonly facts: Facts) {}

  /** Removes the peer with everything it has said. Its remote gateways and their connections stay, for what operators state. */
  run(id: string, ifMatch?: number): Promise<void> {
    return this.facts.commit(async (tx) => {
      const peer = await lockPeer(tx.db, id);
      requireRevision(peer, ifMatch);
      await attachGateways(tx, peer.id, []);
      await tx.db.delete(SyncPeerEntity, { id: peer.id });
      tx.mark(markPeer(peer.id));
      tx.tell({ noun: 'sync-peer', change: 'deleted', id: peer.id });
    });
  }
}
