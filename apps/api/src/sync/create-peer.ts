import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { violates } from '../database/violation.js';
import { toInteger } from '../http/attributes.js';
import { conflict } from '../http/neutron-error.js';
import { attachGateways } from './attach-gateways.js';
import { markPeer } from './mark-shared.js';
import type { CreatePeerBody } from './peer.body.js';
import { SyncPeerEntity } from './peer.entity.js';
import { DEFAULT_LIMITS, DEFAULT_POLICY, DEFAULT_STALE_SECONDS, canonicalPolicy } from './peer-settings.js';

@Injectable()
export class CreatePeer {
  constructor(private readonly facts: Facts) {}

  /** Names a cloud with which networks are shared. Answers its id. Throws 409 while this cloud has no id, for its own, and for a second peer of one cloud. */
  async run(body: CreatePeerBody): Promise<string> {
    const id = randomUUID();
    const cloud = body.cloud ?? '';
    try {
      await this.facts.commit(async (tx) => {
        await requireOther(tx, cloud);
        await tx.db.insert(SyncPeerEntity, { id, cloud, ...settingsOf(body) });
        await attachGateways(tx, id, body.remote_gateways ?? []);
        tx.mark(markPeer(id));
        tx.tell({ noun: 'sync-peer', change: 'created', id, revision: 1 });
        return { id };
      });
      return id;
    } catch (error) {
      if (!violates(error, 'sync_peer_cloud_key')) throw error;
      throw conflict('L2SyncPeerExists', `There is a sync peer of cloud ${cloud} already: change that one.`);
    }
  }
}

function settingsOf(body: CreatePeerBody): Omit<SyncPeerEntity, 'id' | 'cloud' | keyof Stamps> {
  return {
    name: body.name ?? '',
    servers: body.servers ?? [],
    credentials: body.credentials ?? null,
    keys: body.keys ?? [],
    enabled: body.enabled ?? true,
    policy: canonicalPolicy({ ...DEFAULT_POLICY, ...body.policy }),
    limits: { ...DEFAULT_LIMITS, ...body.limits },
    stale_seconds: body.stale_seconds === undefined ? DEFAULT_STALE_SECONDS : toInteger(body.stale_seconds),
    on_tunnel_down: body.on_tunnel_down ?? 'keep',
    transit: body.transit ?? false,
    next_hop_self: body.next_hop_self ?? false,
  };
}

type Stamps = Pick<SyncPeerEntity, 'created_at' | 'updated_at' | 'revision_number'>;

async function requireOther(tx: FactsTransaction, cloud: string): Promise<void> {
  const [own]: { id: string }[] = await tx.db.query('SELECT id FROM cloud');
  if (own === undefined) {
    throw conflict(
      'L2CloudIdMissing',
      'This cloud has no id by which others could know it: start the API with L2GW_CLOUD_ID first.',
    );
  }
  if (own.id === cloud) throw conflict('L2SyncPeerIsThisCloud', `${cloud} is this cloud itself: name another one.`);
}
