import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';
import { statusOf } from './connection-status.js';
import { CONNECTIONS, type ConnectionRow } from './connection-store.js';
import { type Life, switchStatesOf } from './switch-states.js';

/** A connection as the reference shows it, with its status. */
export function connectionView(row: ConnectionRow, life: Life): Readonly<Record<string, unknown>> {
  const { status, reason } = statusOf(switchStatesOf(row, life));
  return {
    id: row.id,
    network_id: row.network_id,
    l2_gateway_id: row.l2_gateway_id,
    segmentation_id: row.segmentation_id === null || row.segmentation_id === 0 ? '' : row.segmentation_id,
    tenant_id: row.project_id,
    project_id: row.project_id,
    port_id: row.port_id,
    status,
    status_reason: reason,
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

export const connectionListing = (life: Life): Listing<ConnectionRow> => ({
  from: CONNECTIONS,
  path: '/v2.0/l2-gateway-connections',
  plural: 'l2_gateway_connections',
  absent: ['name'],
  attributes: {
    id: 'listed.id',
    network_id: 'listed.network_id',
    l2_gateway_id: 'listed.l2_gateway_id',
    segmentation_id: 'listed.segmentation_id',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    port_id: 'listed.port_id',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  view: (row) => connectionView(row, life),
});
