import type { EntityManager } from 'typeorm';
import { pathOf } from '../forwarding/candidates-sql.js';
import { isUuid } from '../http/attributes.js';
import type { Near } from '../http/listing.js';
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

/** Where what a peer says of a MAC stands in the order of ids: an index has it, so that a page need not be sought among all. */
const PLACE = `md5(table_name || ' ' || key)::uuid`;

const STATED = `
  SELECT id, connection_id, network_id, mac, ipaddr, project_id, created_at, 'admin' AS origin, NULL::text AS cloud, NULL::bigint AS sequence,
    '[]'::jsonb AS path
  FROM remote_mac`;

/** One for each IP, as operators state them. Its id follows from what it is, the same as long as it is said: the place, then the IP. */
const importedFrom = (rows: string): string => `
  SELECT (left(md5(said.table_name || ' ' || said.key), 20) || left(md5(said_ip.ip), 12))::uuid, stretch.id, stretch.network_id, said.key,
    said_ip.ip, connection.project_id, said.since, 'sync', stretch.cloud, (said.row ->> 'sequence')::bigint,
    ${pathOf('said.row', 'stretch.cloud')}
  FROM sync_stretch AS stretch JOIN remote_gateway_connection AS connection ON connection.id = stretch.id
  JOIN ${rows} AS said ON said.table_name = stretch.table_name AND said.row <> '{}'
  CROSS JOIN LATERAL jsonb_array_elements_text(CASE said.row -> 'ips' WHEN '[]' THEN '[""]' ELSE said.row -> 'ips' END) AS said_ip (ip)`;

/** Remote MACs short of their states, as one relation. */
export const REMOTE_MACS = `(${STATED} UNION ALL ${importedFrom('pushed_row')})`;

/** The same, short of those that cannot be among the next `limit` in the order of ids. */
export function remoteMacsNear({ from, limit, descending }: Near, parameters: unknown[]): string {
  const edge = descending ? 'f' : '0';
  const [relation, order] = descending ? ['<=', 'DESC'] : ['>=', 'ASC'];
  const start =
    from === undefined ? '' : `AND ${PLACE} ${relation} $${parameters.push(placeOf(from) + edge.repeat(12))}::uuid`;
  const rows = `(SELECT * FROM pushed_row WHERE table_name LIKE 'import/%' AND row <> '{}' ${start}
    ORDER BY ${PLACE} ${order} LIMIT $${parameters.push(limit + 1)})`;
  return `(${STATED} UNION ALL ${importedFrom(rows)})`;
}

/** The part of an id that is not about the IP. */
const placeOf = (id: string): string => id.replace(/-/g, '').slice(0, 20);

/** Another MAC has the IP, or nobody while it is frozen. */
const WITHHELD = `EXISTS (SELECT FROM ip_claim WHERE (ip_claim.network_id, ip_claim.ip, ip_claim.mac) = (listed.network_id, listed.ipaddr, listed.mac)
        AND withheld)`;

/** What is to be looked up for each of `listed`: too much for thousands of which a page is shown. */
export const REMOTE_MAC_STATES = `CROSS JOIN LATERAL (
  SELECT CASE
      WHEN origin = 'admin' AND derived.row LIKE '%"connection":"' || connection_id || '"%' THEN 'active'
      WHEN origin = 'admin' AND EXISTS (SELECT FROM remote_mac AS other WHERE other.network_id = listed.network_id AND other.mac = listed.mac
        AND other.connection_id < listed.connection_id) THEN 'shadowed'
      WHEN origin = 'admin' THEN 'pending'
      WHEN moves.is_frozen AND moves.stable IS DISTINCT FROM cloud THEN 'frozen'
      WHEN best IS NULL THEN 'pending'
      WHEN best ->> 'kind' <> 'imported' OR best #>> '{place,connection}' <> connection_id::text THEN 'shadowed'
      WHEN ipaddr <> '' AND NOT best -> 'ips' ? ipaddr THEN CASE WHEN ${WITHHELD} THEN 'shadowed' ELSE 'pending' END
      WHEN report.row ->> 'state' = 'stale' THEN 'stale'
      ELSE 'active' END AS state, CASE
      WHEN origin = 'admin' THEN ''
      WHEN moves.is_frozen AND moves.stable IS DISTINCT FROM cloud THEN 'clouds claim it by turns: cloud ' || moves.stable || ' keeps it'
      WHEN best ->> 'kind' = 'static' THEN 'an operator has stated it'
      WHEN best ->> 'kind' = 'port' THEN 'a port of this cloud has it'
      WHEN best ->> 'kind' = 'learned' THEN 'a switch of this cloud has learned it since'
      WHEN best #>> '{place,connection}' <> connection_id::text THEN 'it is behind remote gateway connection ' || (best #>> '{place,connection}')
      WHEN ipaddr <> '' AND NOT best -> 'ips' ? ipaddr AND ${WITHHELD} THEN 'another MAC claims the IP, see l2-sync-conflicts'
      WHEN report.row ->> 'state' = 'stale' THEN coalesce(report.row ->> 'reason', 'its cloud is silent')
      ELSE '' END AS reason
  FROM (SELECT 1) AS one
  LEFT JOIN derived_row AS derived ON derived.table_name = 'network/' || listed.network_id AND derived.key = 'mac/' || listed.mac
  CROSS JOIN LATERAL (SELECT CASE WHEN origin = 'sync' THEN derived.row::jsonb END AS best) AS read
  LEFT JOIN mac_sequence AS moves ON moves.network_id = listed.network_id AND moves.mac = listed.mac
  LEFT JOIN pushed_row AS report ON report.table_name = 'sync-report' AND report.key = 'stretch/' || connection_id
) AS standing`;

export const remoteMacNotFound = (id: string): NeutronError =>
  notFound('L2RemoteMacNotFound', `L2 Remote MAC ${id} could not be found.`);

export async function findRemoteMac(db: EntityManager, id: string): Promise<RemoteMacRow> {
  const [row]: RemoteMacRow[] = isUuid(id) ? await readRemoteMac(db, id) : [];
  if (row === undefined) throw remoteMacNotFound(id);
  return row;
}

function readRemoteMac(db: EntityManager, id: string): Promise<RemoteMacRow[]> {
  const parameters: unknown[] = [id];
  const near = remoteMacsNear({ from: id, limit: 1, descending: false }, parameters);
  return db.query(`SELECT * FROM ${near} AS listed ${REMOTE_MAC_STATES} WHERE id = $1`, parameters);
}
