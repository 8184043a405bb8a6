import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';
import type { NetworkEntity } from './network.entity.js';
import { NETWORKS, type NetworkRow } from './network-store.js';

/** A network as Neutron shows it. */
export function networkView(row: NetworkRow): Readonly<Record<string, unknown>> {
  const [only, ...others] = row.segments;
  const provider = (segment: NetworkEntity['segments'][number] | undefined) => ({
    'provider:network_type': segment?.network_type ?? null,
    'provider:physical_network': segment?.physical_network ?? null,
    'provider:segmentation_id': segment?.segmentation_id ?? null,
  });
  return {
    id: row.id,
    name: row.name,
    tenant_id: row.project_id,
    project_id: row.project_id,
    admin_state_up: row.admin_state_up,
    mtu: row.mtu,
    status: 'ACTIVE',
    subnets: row.subnets,
    shared: row.shared,
    'router:external': row.external,
    ...(others.length === 0 ? provider(only) : { segments: row.segments.map(provider) }),
    availability_zone_hints: [],
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    description: row.description,
    port_security_enabled: row.port_security_enabled,
    tags: row.tags,
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

export const networkListing: Listing<NetworkRow> = {
  from: NETWORKS,
  path: '/v2.0/networks',
  plural: 'networks',
  attributes: {
    id: 'listed.id',
    name: 'listed.name',
    description: 'listed.description',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    admin_state_up: 'listed.admin_state_up',
    shared: 'listed.shared',
    port_security_enabled: 'listed.port_security_enabled',
    mtu: 'listed.mtu',
    status: "'ACTIVE'",
    'router:external': 'listed.external',
    'provider:network_type': "listed.segments -> 0 ->> 'network_type'",
    'provider:physical_network': "listed.segments -> 0 ->> 'physical_network'",
    'provider:segmentation_id': "listed.segments -> 0 ->> 'segmentation_id'",
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  flags: ['admin_state_up', 'shared', 'router:external', 'port_security_enabled'],
  tagged: true,
  view: networkView,
};
