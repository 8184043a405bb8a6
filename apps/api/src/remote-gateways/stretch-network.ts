import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { violates } from '../database/violation.js';
import { lockGateway } from '../gateways/gateway-store.js';
import { idsOf } from '../http/named-nouns.js';
import { conflict } from '../http/neutron-error.js';
import { lockNetwork } from '../inventory/inventory-store.js';
import { Quotas } from '../quotas/quotas.js';
import { markStretches } from './mark-stretches.js';
import { type StretchBody, floodOf, remoteVniOf } from './remote-connection.body.js';
import { RemoteConnectionEntity } from './remote-connection.entity.js';
import { lockRemoteGateway } from './remote-gateway-store.js';

@Injectable()
export class StretchNetwork {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Leads a connected network on to a remote gateway, through every switch of its gateway. Answers the new connection's id. */
  async run(body: StretchBody): Promise<string> {
    const flood = floodOf(body);
    try {
      return await this.facts.commit((tx) => this.stretch(tx, body, flood));
    } catch (error) {
      if (!violates(error, 'remote_gateway_connection_connected')) throw error;
      throw notConnected(body);
    }
  }

  private async stretch(tx: FactsTransaction, body: StretchBody, flood: boolean): Promise<string> {
    const network = await lockNetwork(tx.db, await idOf(tx, 'networks', body.network_id), 'SHARE');
    const gateway = await lockGateway(tx.db, await idOf(tx, 'l2-gateways', body.l2_gateway_id), 'SHARE');
    const remote = await lockRemoteGateway(tx.db, await idOf(tx, 'l2-remote-gateways', body.remote_gateway_id));
    const stretch = {
      id: randomUUID(),
      l2_gateway_id: gateway.id,
      network_id: network.id,
      remote_gateway_id: remote.id,
      project_id: body.project_id ?? gateway.project_id,
      segmentation_id: remoteVniOf(body) ?? null,
      flood,
    };
    await requireConnected(tx, stretch);
    await requireFree(tx, stretch);
    await tx.db.insert(RemoteConnectionEntity, stretch);
    await markStretches(tx, 'id', stretch.id);
    tx.tell({ noun: 'remote-connection', change: 'created', id: stretch.id, network_id: network.id, revision: 1 });
    await this.quotas.require(tx, 'l2_remote_gateway_connection', stretch.project_id);
    return stretch.id;
  }
}

/** What no name stands for is left as it is, and not found. */
async function idOf(tx: FactsTransaction, collection: string, idOrName: string): Promise<string> {
  return (await idsOf(tx.db, collection, [idOrName])).get(idOrName) ?? idOrName;
}

type Stretch = Pick<RemoteConnectionEntity, 'network_id' | 'l2_gateway_id' | 'remote_gateway_id' | 'segmentation_id'>;

async function requireConnected(tx: FactsTransaction, stretch: Stretch): Promise<void> {
  const [connection]: unknown[] = await tx.db.query(
    'SELECT 1 FROM l2_gateway_connection WHERE network_id = $1 AND l2_gateway_id = $2 FOR SHARE',
    [stretch.network_id, stretch.l2_gateway_id],
  );
  if (connection === undefined) throw notConnected(stretch);
}

/** Over there, one VNI is one network: two of ours that led into it would become one. Nobody else can decide meanwhile. */
async function requireFree(tx: FactsTransaction, stretch: Stretch): Promise<void> {
  const [other]: { id: string; network_id: string; same: boolean; vni: number }[] = await tx.db.query(
    `SELECT existing.id, existing.network_id, existing.l2_gateway_id = $2 AND existing.network_id = $1 AS same,
       coalesce(existing.segmentation_id, theirs.vni) AS vni
     FROM remote_gateway_connection AS existing JOIN vni AS theirs ON theirs.network_id = existing.network_id
     JOIN vni AS ours ON ours.network_id = $1
     WHERE existing.remote_gateway_id = $3 AND (
       (existing.network_id = $1 AND existing.l2_gateway_id = $2)
       OR (existing.network_id <> $1 AND coalesce(existing.segmentation_id, theirs.vni) = coalesce($4, ours.vni)))
     ORDER BY same DESC LIMIT 1`,
    [stretch.network_id, stretch.l2_gateway_id, stretch.remote_gateway_id, stretch.segmentation_id],
  );
  if (other === undefined) return;
  if (other.same) {
    throw conflict(
      'L2RemoteGatewayConnectionExists',
      `Network ${stretch.network_id} is stretched from gateway ${stretch.l2_gateway_id} to remote gateway ${stretch.remote_gateway_id} already, by ${other.id}.`,
    );
  }
  throw conflict(
    'L2RemoteGatewaySegmentationIDInUse',
    `Network ${other.network_id} is known to remote gateway ${stretch.remote_gateway_id} by segmentation id ${other.vni} already, through ${other.id}.`,
  );
}

function notConnected({ network_id, l2_gateway_id }: Pick<Stretch, 'network_id' | 'l2_gateway_id'>): Error {
  return conflict(
    'L2GatewayConnectionRequired',
    `Network ${network_id} is not connected to gateway ${l2_gateway_id}: create an l2-gateway-connection first.`,
  );
}
