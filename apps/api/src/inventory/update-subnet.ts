import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { requireRevision } from '../http/precondition.js';
import { subnetAddresses } from './subnet-addresses.js';
import { lockSubnet } from './subnet-store.js';
import type { UpdateSubnetBody } from './subnet.body.js';
import { SubnetEntity } from './subnet.entity.js';

@Injectable()
export class UpdateSubnet {
  constructor(private readonly facts: Facts) {}

  /** Changes what the body names; addresses that ports have already stay theirs. */
  run(id: string, body: UpdateSubnetBody, ifMatch?: number): Promise<SubnetEntity> {
    return this.facts.commit(async (tx) => {
      const before = await lockSubnet(tx.db, id);
      requireRevision(before, ifMatch);
      const { gateway, pools } = subnetAddresses({
        cidr: before.cidr,
        gateway_ip: body.gateway_ip === undefined ? before.gateway_ip : body.gateway_ip,
        allocation_pools: body.allocation_pools ?? before.allocation_pools,
      });
      await tx.db.update(
        SubnetEntity,
        { id },
        {
          name: body.name ?? before.name,
          description: body.description ?? before.description,
          enable_dhcp: body.enable_dhcp ?? before.enable_dhcp,
          gateway_ip: gateway ?? null,
          allocation_pools: pools,
          dns_nameservers: body.dns_nameservers === undefined ? before.dns_nameservers : (body.dns_nameservers ?? []),
          host_routes: body.host_routes === undefined ? before.host_routes : (body.host_routes ?? []),
          updated_at: () => 'now()',
          revision_number: () => 'revision_number + 1',
        },
      );
      const after = await tx.db.findOneByOrFail(SubnetEntity, { id });
      const { network_id, revision_number: revision } = after;
      tx.tell({ noun: 'subnet', change: 'updated', id, network_id, revision });
      return after;
    });
  }
}
