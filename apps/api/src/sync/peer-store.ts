import type { SyncPeerReport, SyncStretchReport } from '@l2gw/contracts';
import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import { type SwitchTunnel, tunnelsTo } from '../switches/tunnel-down.js';
import type { SyncPeerEntity } from './peer.entity.js';

/** A peer with its remote gateways, and what remote-sync has reported of it. */
export interface PeerRow extends SyncPeerEntity {
  readonly remote_gateways: readonly string[];
  readonly report: Omit<SyncPeerReport, 'report' | 'peer'> | null;
  readonly stretches: readonly {
    readonly rgw_connection: string;
    readonly network_id: string;
    readonly seg_id: number;
    readonly conflicts: number;
    readonly tunnels: readonly SwitchTunnel[];
    readonly report: Omit<SyncStretchReport, 'report' | 'connection'> | null;
  }[];
  /** An instance of remote-sync is active now. */
  readonly is_served: boolean;
}

/** Peers with what is known of them, as one relation. */
export const SYNC_PEERS = `(
  SELECT sync_peer.*, report.row AS report,
    (SELECT coalesce(jsonb_agg(remote_gateway.id ORDER BY remote_gateway.id), '[]') FROM remote_gateway
     WHERE sync_peer_id = sync_peer.id) AS remote_gateways,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('rgw_connection', stretch.id, 'network_id', stretch.network_id,
        'seg_id', coalesce(connection.segmentation_id, vni.vni), 'report', said.row,
        'tunnels', ${tunnelsTo('stretch', 'over.ipaddr')},
        'conflicts', (SELECT count(*) FROM sync_conflict WHERE sync_conflict.network_id = stretch.network_id)) ORDER BY stretch.id), '[]')
     FROM sync_stretch AS stretch JOIN remote_gateway_connection AS connection ON connection.id = stretch.id
     JOIN vni ON vni.network_id = stretch.network_id JOIN remote_gateway AS over ON over.id = stretch.remote_gateway_id
     LEFT JOIN pushed_row AS said ON said.table_name = 'sync-report' AND said.key = 'stretch/' || stretch.id AND said.row <> '{}'
     WHERE stretch.peer_id = sync_peer.id) AS stretches,
    EXISTS (SELECT FROM sync_session WHERE held_until > clock_timestamp()) AS is_served
  FROM sync_peer
  LEFT JOIN pushed_row AS report ON report.table_name = 'sync-report' AND report.key = 'peer/' || sync_peer.id AND report.row <> '{}'
)`;

const peerNotFound = (id: string): NeutronError =>
  notFound('L2SyncPeerNotFound', `L2 Sync Peer ${id} could not be found.`);

export async function findPeer(db: EntityManager, id: string): Promise<PeerRow> {
  const [row]: PeerRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${SYNC_PEERS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw peerNotFound(id);
  return row;
}

/** To change it, or what belongs to it: one at a time, and nothing that it says is taken in meanwhile. */
export async function lockPeer(db: EntityManager, id: string): Promise<SyncPeerEntity> {
  const [row]: SyncPeerEntity[] = isUuid(id)
    ? await db.query('SELECT * FROM sync_peer WHERE id = $1 FOR UPDATE', [id])
    : [];
  if (row === undefined) throw peerNotFound(id);
  return row;
}
