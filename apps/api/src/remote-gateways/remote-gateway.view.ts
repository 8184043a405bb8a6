import { statusOf } from '../connections/connection-status.js';
import type { Listing } from '../http/listing.js';
import type { Life } from '../connections/switch-states.js';
import { utc } from '../http/utc.js';
import { remoteStatesOf } from './remote-connection-store.js';
import { REMOTE_GATEWAYS, type RemoteGatewayRow } from './remote-gateway-store.js';

/** A remote gateway; its status is that of everything that leads to it together, `UNUSED` if nothing does. */
export function remoteGatewayView(row: RemoteGatewayRow, life: Life): Readonly<Record<string, unknown>> {
  const { status, reason } = statusOf(row.connections.flatMap((connection) => remoteStatesOf(connection, life)));
  return {
    id: row.id,
    name: row.name,
    ipaddr: row.ipaddr,
    tenant_id: row.project_id,
    project_id: row.project_id,
    status: row.connections.length === 0 ? 'UNUSED' : status,
    status_reason: reason,
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

export const remoteGatewayListing = (life: Life): Listing<RemoteGatewayRow> => ({
  from: REMOTE_GATEWAYS,
  path: '/v2.0/l2-remote-gateways',
  plural: 'l2_remote_gateways',
  attributes: {
    id: 'listed.id',
    name: 'listed.name',
    ipaddr: 'listed.ipaddr',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  view: (row) => remoteGatewayView(row, life),
});
