import type { EntityManager } from 'typeorm';
import { pathOf } from '../forwarding/candidates.js';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';

/** A remote MAC, and whether the network's table leads to it. */
export interface RemoteMacRow {
  readonly id: string;
  readonly connection_id: string;
  readonly network_id: string;
  readonly mac: string;
  readonly ipaddr: string;
  readonly project_id: string;
  readonly created_at: Date;
  /** Who says so: an operator, or another cloud. */
  readonly origin: 'admin' | 'sync';
  /**
   * `shadowed`: somebody else is right about the MAC, such as the operator, behind another connection; `stale`: its cloud is silent, and
   * what it said last is used; `frozen`: clouds claim it by turns, and another one keeps it.
   */
  readonly state: 'active' | 'pending' | 'shadowed' | 'stale' | 'frozen';
  /** Why it is not active; empty if there is nothing to say. */
  readonly reason: string;
  /** The cloud that says so, and how often the MAC had moved between clouds then. */
  readonly cloud: string | null;
  readonly sequence: string | null;
  /** That cloud, and those that have passed it on to us; empty for an operator's. */
  readonly path: readonly string[];
}

const STATED = `
  SELECT remote_mac.id, remote_mac.connection_id, remote_mac.network_id, remote_mac.mac, remote_mac.ipaddr, remote_mac.project_id,
    remote_mac.created_at, 'admin' AS origin, CASE
      WHEN derived.row LIKE '%"connection":"' || connection_id || '"%' THEN 'active'
      WHEN EXISTS (SELECT FROM remote_mac AS other WHERE other.network_id = remote_mac.network_id AND other.mac = remote_mac.mac
        AND other.connection_id < remote_mac.connection_id) THEN 'shadowed'
      ELSE 'pending' END AS state, '' AS reason, NULL::text AS cloud, NULL::bigint AS sequence, '[]'::jsonb AS path
  FROM remote_mac LEFT JOIN derived_row AS derived
    ON derived.table_name = 'network/' || remote_mac.network_id AND derived.key = 'mac/' || remote_mac.mac`;

/** Another MAC has the IP, or nobody while it is frozen. */
const WITHHELD = `EXISTS (SELECT FROM ip_claim WHERE (ip_claim.network_id, ip_claim.ip, ip_claim.mac) = (stretch.network_id, said_ip.ip, said.key)
    AND claimed AND NOT holds)`;

/** One for each IP, as operators state them. Its id follows from what it is: the same as long as it is said. */
const IMPORTED = `
  SELECT md5(stretch.id || ' ' || said.key || ' ' || said_ip.ip)::uuid, stretch.id, stretch.network_id, said.key, said_ip.ip, connection.project_id,
    said.since, 'sync', CASE
      WHEN moves.is_frozen AND moves.stable IS DISTINCT FROM stretch.cloud THEN 'frozen'
      WHEN best.row IS NULL THEN 'pending'
      WHEN best.row ->> 'kind' <> 'imported' OR best.row #>> '{place,connection}' <> stretch.id::text THEN 'shadowed'
      WHEN said_ip.ip <> '' AND NOT best.row -> 'ips' ? said_ip.ip THEN CASE WHEN ${WITHHELD} THEN 'shadowed' ELSE 'pending' END
      WHEN report.row ->> 'state' = 'stale' THEN 'stale'
      ELSE 'active' END, CASE
      WHEN moves.is_frozen AND moves.stable IS DISTINCT FROM stretch.cloud THEN 'clouds claim it by turns: cloud ' || moves.stable || ' keeps it'
      WHEN best.row ->> 'kind' = 'static' THEN 'an operator has stated it'
      WHEN best.row ->> 'kind' = 'port' THEN 'a port of this cloud has it'
      WHEN best.row ->> 'kind' = 'learned' THEN 'a switch of this cloud has learned it since'
      WHEN best.row #>> '{place,connection}' <> stretch.id::text THEN 'it is behind remote gateway connection ' || (best.row #>> '{place,connection}')
      WHEN said_ip.ip <> '' AND NOT best.row -> 'ips' ? said_ip.ip AND ${WITHHELD} THEN 'another MAC claims the IP, see l2-sync-conflicts'
      WHEN report.row ->> 'state' = 'stale' THEN coalesce(report.row ->> 'reason', 'its cloud is silent')
      ELSE '' END, stretch.cloud, (said.row ->> 'sequence')::bigint, ${pathOf('said.row', 'stretch.cloud')}
  FROM sync_stretch AS stretch JOIN remote_gateway_connection AS connection ON connection.id = stretch.id
  JOIN pushed_row AS said ON said.table_name = stretch.table_name AND said.row <> '{}'
  CROSS JOIN LATERAL jsonb_array_elements_text(CASE said.row -> 'ips' WHEN '[]' THEN '[""]' ELSE said.row -> 'ips' END) AS said_ip (ip)
  LEFT JOIN LATERAL (SELECT row::jsonb FROM derived_row
    WHERE derived_row.table_name = 'network/' || stretch.network_id AND derived_row.key = 'mac/' || said.key) AS best ON true
  LEFT JOIN LATERAL (SELECT is_frozen, stable FROM mac_sequence
    WHERE mac_sequence.network_id = stretch.network_id AND mac_sequence.mac = said.key) AS moves ON true
  LEFT JOIN pushed_row AS report ON report.table_name = 'sync-report' AND report.key = 'stretch/' || stretch.id`;

/** Remote MACs with their states, as one relation. */
export const REMOTE_MACS = `(${STATED} UNION ALL ${IMPORTED})`;

export const remoteMacNotFound = (id: string): NeutronError =>
  notFound('L2RemoteMacNotFound', `L2 Remote MAC ${id} could not be found.`);

export async function findRemoteMac(db: EntityManager, id: string): Promise<RemoteMacRow> {
  const [row]: RemoteMacRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${REMOTE_MACS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw remoteMacNotFound(id);
  return row;
}
