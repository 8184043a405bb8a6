import { type StatusWithReason, statusOf } from '../connections/connection-status.js';
import type { Listing } from '../http/listing.js';
import type { Life } from '../connections/switch-states.js';
import { utc } from '../http/utc.js';
import { REMOTE_CONNECTIONS, type RemoteConnectionRow, remoteStatesOf } from './remote-connection-store.js';

export function remoteStatusOf(row: RemoteConnectionRow, life: Life): StatusWithReason {
  return statusOf(remoteStatesOf(row, life));
}

/** A remote gateway connection with its status, under the names of the specification and those of its prototype. */
export function remoteConnectionView(row: RemoteConnectionRow, life: Life): Readonly<Record<string, unknown>> {
  const { status, reason } = remoteStatusOf(row, life);
  return {
    id: row.id,
    l2_gateway_id: row.l2_gateway_id,
    network_id: row.network_id,
    remote_gateway_id: row.remote_gateway_id,
    segmentation_id: row.vni,
    flood: row.flood,
    gateway: row.l2_gateway_id,
    network: row.network_id,
    remote_gateway: row.remote_gateway_id,
    seg_id: row.vni,
    tenant_id: row.project_id,
    project_id: row.project_id,
    status,
    status_reason: reason,
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

export const remoteConnectionListing = (life: Life): Listing<RemoteConnectionRow> => ({
  from: REMOTE_CONNECTIONS,
  path: '/v2.0/l2-remote-gateway-connections',
  plural: 'l2_remote_gateway_connections',
  absent: ['name'],
  attributes: {
    id: 'listed.id',
    l2_gateway_id: 'listed.l2_gateway_id',
    gateway: 'listed.l2_gateway_id',
    network_id: 'listed.network_id',
    network: 'listed.network_id',
    remote_gateway_id: 'listed.remote_gateway_id',
    remote_gateway: 'listed.remote_gateway_id',
    segmentation_id: 'listed.vni',
    seg_id: 'listed.vni',
    flood: 'listed.flood',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  view: (row) => remoteConnectionView(row, life),
});
