import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';
import { REMOTE_MACS, REMOTE_MAC_STATES, type RemoteMacRow, remoteMacsNear } from './remote-mac-store.js';

/** A remote MAC under the names of the specification and those of its prototype. */
export function remoteMacView(row: RemoteMacRow): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    uuid: row.id,
    mac: row.mac,
    ipaddr: row.ipaddr,
    ip_addr: row.ipaddr,
    rgw_connection: row.connection_id,
    remote_gateway_connection_id: row.connection_id,
    network_id: row.network_id,
    origin: row.origin,
    state: row.state,
    reason: row.reason,
    cloud: row.cloud,
    sequence: row.sequence === null ? null : Number(row.sequence),
    path: row.path,
    tenant_id: row.project_id,
    project_id: row.project_id,
    created_at: utc(row.created_at),
  };
}

export const remoteMacListing: Listing<RemoteMacRow> = {
  from: REMOTE_MACS,
  near: remoteMacsNear,
  later: { attributes: ['state'], join: REMOTE_MAC_STATES },
  path: '/v2.0/l2-remote-macs',
  plural: 'l2_remote_macs',
  absent: ['name'],
  attributes: {
    id: 'listed.id',
    uuid: 'listed.id',
    mac: 'listed.mac',
    ipaddr: 'listed.ipaddr',
    ip_addr: 'listed.ipaddr',
    rgw_connection: 'listed.connection_id',
    remote_gateway_connection_id: 'listed.connection_id',
    remote_connection: 'listed.connection_id',
    network_id: 'listed.network_id',
    origin: 'listed.origin',
    state: 'listed.state',
    cloud: 'listed.cloud',
    sequence: 'listed.sequence',
    tenant_id: 'listed.project_id',
    project_id: 'listed.project_id',
    created_at: 'listed.created_at',
  },
  view: remoteMacView,
};
