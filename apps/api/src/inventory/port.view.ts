import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';
import { fixedIpCondition } from './fixed-ip-filter.js';
import type { PortEntity } from './port.entity.js';

/** A port as Neutron shows it. */
export function portView(row: PortEntity): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    name: row.name,
    network_id: row.network_id,
    tenant_id: row.project_id,
    project_id: row.project_id,
    mac_address: row.mac_address,
    admin_state_up: row.admin_state_up,
    status: row.host_id === '' ? 'DOWN' : 'ACTIVE',
    device_id: row.device_id,
    device_owner: row.device_owner,
    fixed_ips: row.fixed_ips,
    allowed_address_pairs: row.allowed_address_pairs,
    extra_dhcp_opts: row.extras.extra_dhcp_opts ?? [],
    security_groups: row.extras.security_groups ?? [],
    description: row.description,
    'binding:vnic_type': row.vnic_type,
    'binding:profile': row.profile,
    'binding:host_id': row.host_id,
    'binding:vif_type': row.host_id === '' ? 'unbound' : 'other',
    'binding:vif_details': {},
    port_security_enabled: row.extras.port_security_enabled ?? false,
    tags: row.tags,
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

export const portListing: Listing<PortEntity> = {
  from: 'port',
  path: '/v2.0/ports',
  plural: 'ports',
  attributes: {
    id: 'listed.id',
    name: 'listed.name',
    network_id: 'listed.network_id',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    mac_address: 'listed.mac_address',
    device_id: 'listed.device_id',
    device_owner: 'listed.device_owner',
    admin_state_up: 'listed.admin_state_up',
    status: "CASE WHEN listed.host_id = '' THEN 'DOWN' ELSE 'ACTIVE' END",
    'binding:host_id': 'listed.host_id',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  flags: ['admin_state_up'],
  special: { fixed_ips: fixedIpCondition },
  tagged: true,
  view: portView,
};
