import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import type { Caller } from '../http/caller.js';
import { invalidInput } from '../http/neutron-error.js';
import { Quotas } from '../quotas/quotas.js';
import { markStretchesOf } from '../sync/mark-shared.js';
import { lockNetwork } from './inventory-store.js';
import { reviseNetwork } from './network-store.js';
import { subnetAddresses } from './subnet-addresses.js';
import type { CreateSubnetBody } from './subnet.body.js';
import { SubnetEntity } from './subnet.entity.js';

@Injectable()
export class CreateSubnet {
  constructor(
    private readonly facts: Facts,
    private readonly quotas: Quotas,
  ) {}

  /** Refused if it overlaps with another subnet of its network. Ports that are there already get no address of it. */
  run(caller: Caller, body: CreateSubnetBody): Promise<SubnetEntity> {
    const subnet = subnetOf(caller, body);
    return this.facts.commit(async (tx) => {
      await lockNetwork(tx.db, subnet.network_id, 'UPDATE');
      const [other]: unknown[] = await tx.db.query(
        'SELECT 1 FROM subnet WHERE network_id = $1 AND cidr && $2 LIMIT 1',
        [subnet.network_id, subnet.cidr],
      );
      if (other !== undefined) {
        throw invalidInput(
          `Requested subnet with cidr: ${subnet.cidr} for network: ${subnet.network_id} overlaps with another subnet.`,
        );
      }
      await tx.db.insert(SubnetEntity, subnet);
      await reviseNetwork(tx.db, subnet.network_id);
      await markStretchesOf(tx, subnet.network_id);
      tx.tell({ noun: 'subnet', change: 'created', id: subnet.id, network_id: subnet.network_id, revision: 1 });
      await this.quotas.require(tx, 'subnet', subnet.project_id);
      return tx.db.findOneByOrFail(SubnetEntity, { id: subnet.id });
    });
  }
}

function subnetOf(
  caller: Caller,
  body: CreateSubnetBody,
): Omit<SubnetEntity, 'tags' | 'created_at' | 'updated_at' | 'revision_number'> {
  const { cidr, gateway, pools } = subnetAddresses(body);
  if (cidr.version === 4 && (body.ipv6_ra_mode ?? body.ipv6_address_mode) !== undefined) {
    throw invalidInput('ipv6_ra_mode or ipv6_address_mode cannot be set when ip_version is set to 4.');
  }
  return {
    id: randomUUID(),
    network_id: body.network_id,
    name: body.name ?? '',
    description: body.description ?? '',
    project_id: body.project_id ?? caller.projectId,
    ip_version: cidr.version,
    cidr: cidr.text,
    gateway_ip: gateway ?? null,
    allocation_pools: pools,
    enable_dhcp: body.enable_dhcp ?? true,
    dns_nameservers: body.dns_nameservers ?? [],
    host_routes: body.host_routes ?? [],
    ipv6_ra_mode: body.ipv6_ra_mode ?? null,
    ipv6_address_mode: body.ipv6_address_mode ?? null,
  };
}
