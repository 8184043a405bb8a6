import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { violates } from '../database/violation.js';
import { replaceBindings } from '../gateways/binding-store.js';
import { type Binding, bindingsOf } from '../gateways/bindings.js';
import type { GatewayEntity } from '../gateways/gateway.entity.js';
import { lockGateway } from '../gateways/gateway-store.js';
import { requirePorts } from '../gateways/known-ports.js';
import { conflict, notFound } from '../http/neutron-error.js';
import { lockNetwork } from '../inventory/inventory-store.js';
import type { NetworkEntity } from '../inventory/network.entity.js';
import { Quotas } from '../quotas/quotas.js';
import type { ConnectBody } from './connection.body.js';
import { insertConnectionPort } from './connection-port.js';
import { ConnectionEntity } from './connection.entity.js';
import { defaultVlanOf } from './default-vlan.js';

@Injectable()
export class ConnectNetwork {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Stores the connection with its bindings; its switches follow as soon as they can. */
  async run(body: ConnectBody): Promise<{ readonly id: string }> {
    try {
      return await this.facts.commit((tx) => this.connect(tx, body));
    } catch (error) {
      if (!violates(error, 'l2_gateway_connection_network_id_l2_gateway_id_key')) throw error;
      throw connectionExists(body);
    }
  }

  private async connect(tx: FactsTransaction, body: ConnectBody): Promise<{ readonly id: string }> {
    const network = await lockNetwork(tx.db, body.network_id, 'SHARE');
    const gateway = await lockGateway(tx.db, body.l2_gateway_id ?? '', 'SHARE');
    const vlan = defaultVlanOf(body.segmentation_id);
    const bindings = bindingsOf(gateway.devices, vlan);
    const twin = await tx.db.existsBy(ConnectionEntity, { network_id: network.id, l2_gateway_id: gateway.id });
    if (twin) throw connectionExists(body);
    await requirePorts(tx.db, gateway.devices, 'L2GatewayInterfaceNotFound');
    requireOneVni(network);
    return this.store(tx, network, gateway, { vlan: vlan ?? null, bindings });
  }

  private async store(
    tx: FactsTransaction,
    network: NetworkEntity,
    gateway: GatewayEntity,
    { vlan, bindings }: { readonly vlan: number | null; readonly bindings: readonly Binding[] },
  ): Promise<{ readonly id: string }> {
    const connection = {
      id: randomUUID(),
      l2_gateway_id: gateway.id,
      network_id: network.id,
      project_id: gateway.project_id,
      segmentation_id: vlan,
      port_id: await insertConnectionPort(tx, network.id, gateway),
    };
    await tx.db.insert(ConnectionEntity, connection);
    await replaceBindings(tx, connection, bindings);
    tx.tell({ noun: 'connection', change: 'created', id: connection.id, network_id: network.id, revision: 1 });
    await this.quotas.require(tx, 'l2_gateway_connection', gateway.project_id);
    return connection;
  }
}

/** A switch knows a network by one VNI: throws for a network that has none, or several. */
function requireOneVni(network: NetworkEntity): void {
  const count = network.segments.filter((segment) => segment.network_type === 'vxlan').length;
  if (count === 0) {
    throw notFound('VxlanSegmentationIDNotFound', `vxlan segmentation id not found for the network '${network.id}'`);
  }
  if (count > 1)
    throw conflict('MultipleVxlanSegmentsFound', `Multiple Vxlan segments found for the network '${network.id}'`);
}

function connectionExists(body: ConnectBody): Error {
  const { network_id, l2_gateway_id, segmentation_id } = body;
  const mapping = `{'network_id': '${network_id}', 'l2_gateway_id': '${l2_gateway_id}', 'segmentation_id': '${String(segmentation_id ?? '')}'}`;
  return conflict(
    'L2GatewayConnectionExists',
    `The specified mapping '${mapping}' exists on network gateway '${l2_gateway_id}'.`,
  );
}
