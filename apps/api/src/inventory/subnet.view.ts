import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';
import type { SubnetEntity } from './subnet.entity.js';

/** A subnet as Neutron shows it. */
export function subnetView(row: SubnetEntity): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    name: row.name,
    tenant_id: row.project_id,
    project_id: row.project_id,
    network_id: row.network_id,
    ip_version: row.ip_version,
    subnetpool_id: null,
    enable_dhcp: row.enable_dhcp,
    ipv6_ra_mode: row.ipv6_ra_mode,
    ipv6_address_mode: row.ipv6_address_mode,
    gateway_ip: row.gateway_ip,
    cidr: row.cidr,
    allocation_pools: row.allocation_pools,
    host_routes: row.host_routes,
    dns_nameservers: row.dns_nameservers,
    description: row.description,
    service_types: [],
    tags: row.tags,
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

export const subnetListing: Listing<SubnetEntity> = {
  from: 'subnet',
  path: '/v2.0/subnets',
  plural: 'subnets',
  attributes: {
    id: 'listed.id',
    name: 'listed.name',
    description: 'listed.description',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    network_id: 'listed.network_id',
    ip_version: 'listed.ip_version',
    cidr: 'listed.cidr',
    gateway_ip: 'listed.gateway_ip',
    enable_dhcp: 'listed.enable_dhcp',
    ipv6_ra_mode: 'listed.ipv6_ra_mode',
    ipv6_address_mode: 'listed.ipv6_address_mode',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  flags: ['enable_dhcp'],
  tagged: true,
  view: subnetView,
};
