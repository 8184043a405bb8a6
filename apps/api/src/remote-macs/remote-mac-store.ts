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

const STATED = `
  SELECT id, connection_id, network_id, mac, ipaddr, project_id, created_at, 'admin' AS origin, NULL::text AS cloud, NULL::bigint AS sequence,
    '[]'::jsonb AS path
  FROM remote_mac`;

/** `place`: how ids of what is said of the stretch begin, as its own does. */
const STRETCHES = `(SELECT stretch.*, connection.project_id, left(stretch.id::text, 11) AS place
    FROM sync_stretch AS stretch JOIN remote_gateway_connection AS connection USING (id))`;

const saidOf = (stretches: string, some: string): string => `
  SELECT stretch.*, key, row, since FROM ${stretches} AS stretch CROSS JOIN LATERAL (
    SELECT * FROM pushed_row WHERE table_name = stretch.table_name AND row <> '{}' ${some}) AS said`;

/** One for each IP, as operators state them. Its id is the same as long as it is said, and leads there: place, MAC, a hash of the rest. */
const importedFrom = (said: string): string => `
  SELECT (place || replace(key, ':', '') || left(md5(id || ip), 10))::uuid, id, network_id, key, ip, project_id, since, 'sync', cloud,
    (row ->> 'sequence')::bigint, ${pathOf('row', 'cloud')}
  FROM (${said}) AS said CROSS JOIN LATERAL jsonb_array_elements_text(CASE row -> 'ips' WHEN '[]' THEN '[""]' ELSE row -> 'ips' END) AS said_ip (ip)`;

/** Remote MACs short of their states, as one relation. */
export const REMOTE_MACS = `(${STATED} UNION ALL ${importedFrom(saidOf(STRETCHES, ''))})`;

/**
 * The same, short of those that cannot be among the next `limit` in the order of ids: place by place, as the primary key has the MACs of
 * a stretch. In other places than that of `from`, all MACs are beyond `bound`.
 */
export function remoteMacsNear({ from, limit, descending }: Near, parameters: unknown[]): string {
  const [relation, order, first, bound] = descending ? ['<=', 'DESC', 'f', 'g'] : ['>=', 'ASC', '0', ''];
  const [place, mac] = placeOf(from ?? first.repeat(32)).map((each) => `$${parameters.push(each)}::text`);
  const most = `LIMIT $${parameters.push(limit + 1)}`;
  const stretches = `(SELECT * FROM ${STRETCHES} AS stretch WHERE place ${relation} ${place} ORDER BY place ${order})`;
  const some = `AND key ${relation} CASE place WHEN ${place} THEN ${mac} ELSE '${bound}' END ORDER BY key ${order} ${most}`;
  return `(${STATED} UNION ALL ${importedFrom(`${saidOf(stretches, some)} ORDER BY place ${order}, key ${order} ${most}`)})`;
}

/** Which stretch an id is of, as far as it tells, and which MAC. */
function placeOf(id: string): readonly [string, string] {
  const digits = id.replace(/-/g, '').toLowerCase();
  const mac = digits.slice(10, 22).match(/../g) ?? [];
  return [`${digits.slice(0, 8)}-${digits.slice(8, 10)}`, mac.join(':')];
}

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
  CROSS JOIN LATERAL (SELECT CASE WHEN origin = 'sync' THEN derived.row::jsonb END AS best OFFSET 0) AS read
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
