import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';
import type { GatewayEntity } from './gateway.entity.js';

/** A gateway as the reference shows it: VLANs as texts, and none at all for untagged interfaces. */
export function gatewayView(row: GatewayEntity): Readonly<Record<string, unknown>> {
  return shown(row, (vlan) => vlan !== 0);
}

/** What the reference answers to a POST: VLAN 0 is echoed. */
export function createdGatewayView(row: GatewayEntity): Readonly<Record<string, unknown>> {
  return shown(row, () => true);
}

function shown(row: GatewayEntity, visible: (vlan: number) => boolean): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    name: row.name,
    devices: row.devices.map((device) => ({
      device_name: device.device_name,
      id: device.id,
      interfaces: device.interfaces.map(({ name, vlans }) => ({
        segmentation_id: vlans.filter(visible).map(String),
        name,
      })),
    })),
    tenant_id: row.project_id,
    project_id: row.project_id,
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

export const gatewayListing: Listing<GatewayEntity> = {
  from: 'l2_gateway',
  path: '/v2.0/l2-gateways',
  plural: 'l2_gateways',
  attributes: {
    id: 'listed.id',
    name: 'listed.name',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  view: gatewayView,
};
