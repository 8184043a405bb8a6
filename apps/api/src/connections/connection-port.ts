import { randomUUID } from 'node:crypto';
import type { FactsTransaction } from '../database/facts.js';
import type { GatewayEntity } from '../gateways/gateway.entity.js';
import { freeMac } from '../inventory/chosen-macs.js';
import { CONNECTION_PORT } from '../inventory/connection-port-owner.js';
import { insertPorts } from '../inventory/port-store.js';

/** Stores the port that stands for a connection in the inventory, as the PLUMgrid specification wants it; it is on no host. */
export async function insertConnectionPort(
  tx: FactsTransaction,
  networkId: string,
  gateway: GatewayEntity,
): Promise<string> {
  const id = randomUUID();
  await insertPorts(tx.db, [
    {
      id,
      network_id: networkId,
      name: '',
      description: '',
      project_id: gateway.project_id,
      mac_address: await freeMac(tx.db, networkId),
      fixed_ips: [],
      allowed_address_pairs: [],
      host_id: '',
      vnic_type: 'normal',
      profile: {},
      device_id: gateway.id,
      device_owner: CONNECTION_PORT,
      admin_state_up: true,
      extras: {},
    },
  ]);
  return id;
}
