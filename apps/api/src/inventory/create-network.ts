import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ApiConfig } from '../config.js';
import { Facts, type FactsTransaction, markNetwork } from '../database/facts.js';
import type { Caller } from '../http/caller.js';
import { toInteger } from '../http/attributes.js';
import { Quotas } from '../quotas/quotas.js';
import type { CreateNetworkBody } from './network.body.js';
import { NetworkEntity, type Segment } from './network.entity.js';
import { type NetworkRow, findNetwork } from './network-store.js';
import { type WantedSegment, segmentsOf } from './segments.js';
import { allocateVni, takeVni } from './vni-allocation.js';

/** Room that VXLAN over IPv4 takes of an underlay frame of 1500 bytes. */
const VXLAN_MTU = 1450;

@Injectable()
export class CreateNetwork {
  constructor(
    private readonly facts: Facts,
    private readonly config: ApiConfig,
    private readonly quotas: Quotas,
  ) {}

  /** Stores the network with a VNI for each of its VXLAN segments. */
  async run(caller: Caller, body: CreateNetworkBody): Promise<NetworkRow> {
    const wanted = segmentsOf(body);
    const id = randomUUID();
    return this.facts.commit(async (tx) => {
      await tx.db.insert(NetworkEntity, { ...attributesOf(caller, body), id, segments: [] });
      const segments: Segment[] = [];
      for (const segment of wanted) segments.push(await this.allocate(tx, id, segment));
      await tx.db.update(NetworkEntity, { id }, { segments });
      tx.mark(markNetwork(id));
      tx.tell({ noun: 'network', change: 'created', id, network_id: id, revision: 1 });
      const network = await findNetwork(tx.db, id);
      await this.quotas.require(tx, 'network', network.project_id);
      return network;
    });
  }

  private async allocate(tx: FactsTransaction, networkId: string, segment: WantedSegment): Promise<Segment> {
    if (segment.network_type !== 'vxlan') return segment;
    const vni =
      segment.segmentation_id === null
        ? await allocateVni(tx.db, networkId, this.config.vniRange)
        : await takeVni(tx.db, networkId, segment.segmentation_id);
    return { ...segment, segmentation_id: vni };
  }
}

function attributesOf(
  caller: Caller,
  body: CreateNetworkBody,
): Omit<NetworkEntity, 'id' | 'segments' | 'tags' | 'created_at' | 'updated_at' | 'revision_number'> {
  return {
    name: body.name ?? '',
    description: body.description ?? '',
    project_id: body.project_id ?? caller.projectId,
    admin_state_up: body.admin_state_up ?? true,
    shared: body.shared ?? false,
    external: body['router:external'] ?? false,
    port_security_enabled: body.port_security_enabled ?? true,
    mtu: body.mtu === undefined || body.mtu === null ? VXLAN_MTU : toInteger(body.mtu),
  };
}
