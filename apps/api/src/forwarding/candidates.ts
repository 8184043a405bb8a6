import type { MacKind } from '@l2gw/contracts';
import { parseIp, parseVtepIp } from '@l2gw/l2';
import type { Candidate, Place } from './select-best.js';

/** One MAC or one VTEP of one network. */
export interface NetworkKey {
  readonly network: string;
  readonly name: string;
}

export const keyText = (key: NetworkKey): string => `${key.network} ${key.name}`;

/** Whatever can be asked in SQL: the compiler's own connection, or a transaction. */
export interface Askable {
  query<Row extends object>(text: string, values?: unknown[]): Promise<readonly Row[]>;
}

/** Who a candidate is, for people. Times are RFC 3339. */
export type Origin =
  | { readonly port_id: string; readonly host: string; readonly device_owner: string; readonly updated_at: string }
  | { readonly switch: string; readonly row: string; readonly since: string }
  | { readonly remote_mac_id: string; readonly rgw_connection: string; readonly since: string }
  | {
      readonly sync_peer_id: string;
      readonly cloud: string;
      readonly rgw_connection: string;
      readonly static: boolean;
      /** Where it is, then those that have passed it on. */
      readonly path: readonly string[];
      readonly since: string;
    };

interface CandidateRow extends NetworkKey {
  readonly kind: MacKind;
  readonly connection: string | null;
  readonly vtep: string | null;
  readonly ips: readonly string[];
  readonly claim: string;
  readonly sequence: string | null;
  readonly is_sticky: boolean;
  readonly is_frozen: boolean;
  readonly cloud: string | null;
  readonly origin: Origin | null;
}

/**
 * Everybody who claims these MACs: operators, ports of the inventory, switches that have the network bound and have learned them, and
 * other clouds with which the network is shared.
 */
export async function candidatesOf(
  db: Askable,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  return grouped(keys, await db.query<CandidateRow>(CANDIDATES, parametersOf(keys)), candidateOf);
}

export type DescribedCandidate = Candidate & { readonly origin: Origin };

/** The same, and who each of them is. */
export async function describedCandidatesOf(
  db: Askable,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, readonly DescribedCandidate[]>> {
  const rows = await db.query<CandidateRow & { origin: Origin }>(DESCRIBED_CANDIDATES, parametersOf(keys));
  return grouped(keys, rows, (row) => ({ ...candidateOf(row), origin: row.origin }));
}

function candidateOf(row: CandidateRow): Candidate {
  return {
    kind: row.kind,
    place: placeOf(row),
    ips: row.ips.map(parseIp),
    claim: BigInt(row.claim),
    sequence: Number(row.sequence ?? 0),
    isSticky: row.is_sticky,
    cloud: row.cloud ?? '',
    isFrozen: row.is_frozen,
  };
}

function placeOf({ connection, vtep }: CandidateRow): Place | undefined {
  if (connection !== null) return { connection };
  return vtep === null ? undefined : { vtep: parseVtepIp(vtep) };
}

function parametersOf(keys: readonly NetworkKey[]): [string[], string[]] {
  return [keys.map((key) => key.network), keys.map((key) => key.name)];
}

function grouped<Row extends NetworkKey, Value>(
  keys: readonly NetworkKey[],
  rows: readonly Row[],
  valueOf: (row: Row) => Value,
): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>(keys.map((key) => [keyText(key), []]));
  for (const row of rows) groups.get(keyText(row))?.push(valueOf(row));
  return groups;
}

/** SQL of the clouds by which what another one says has come. */
export function pathOf(row: string, cloud: string): string {
  return `coalesce(${row} -> 'path', jsonb_build_array(${cloud}))`;
}

/**
 * SQL of who a candidate of each kind is. A switch may say behind which of its own tunnel IPs a MAC is, if its operator has not chosen one,
 * but no address that is not its own.
 */
/** Looked up one by one (`OFFSET 0`): PostgreSQL may not know yet how many rows a table of another cloud has, and would read all of them each time. */
const IMPORTED_ROW = `CROSS JOIN LATERAL (
    SELECT row, arrival, since FROM pushed_row WHERE table_name = stretch.table_name AND key = wanted.name AND row <> '{}' OFFSET 0) AS said`;

type Described = Readonly<Record<'port' | 'learned' | 'stated' | 'imported', string>>;

const candidates = ({ port, learned, stated, imported }: Described): string => `
  WITH wanted AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name))
  SELECT said.*, said.kind <> 'static' AND coalesce((SELECT is_frozen AND stable IS DISTINCT FROM said.cloud FROM mac_sequence
    WHERE network_id = said.network AND mac = said.name), false) AS is_frozen
  FROM (
    SELECT claimed.*, (SELECT own FROM mac_sequence WHERE network_id = claimed.network AND mac = claimed.name) AS sequence,
      false AS is_sticky, (SELECT id FROM cloud) AS cloud FROM (
      SELECT wanted.network, wanted.name, 'port' AS kind, NULL::uuid AS connection, vtep_ip AS vtep, ips, claim, ${port} AS origin
      FROM wanted JOIN port_mac ON port_mac.network_id = wanted.network AND port_mac.mac = wanted.name JOIN port ON port.id = port_id
      LEFT JOIN host_vtep ON host_vtep.host = port.host_id
      UNION ALL
      SELECT wanted.network, wanted.name, 'learned', NULL,
        CASE WHEN switch.settings ->> 'tunnel_ip' IS NULL AND report.row -> 'tunnelIps' ? (learned.row ->> 'vtep') THEN learned.row ->> 'vtep'
          ELSE switch_vtep(switch.settings, report.row) END,
        array_remove(ARRAY[learned.row ->> 'ip'], NULL), learned.arrival, ${learned}
      FROM wanted JOIN pushed_row AS learned ON learned.logical_switch = wanted.network::text AND learned.mac = wanted.name AND learned.table_name LIKE 'learned/%'
      JOIN switch ON switch.id = substr(learned.table_name, 9)
      JOIN pushed_row AS report ON report.table_name = 'report/' || switch.id AND report.key = 'switch'
      WHERE EXISTS (SELECT FROM binding WHERE network_id = wanted.network AND device_name = switch.name)
      UNION ALL
      SELECT wanted.network, wanted.name, 'static', connection_id, NULL, array_remove(ARRAY[ipaddr], ''), 0, ${stated}
      FROM wanted JOIN remote_mac ON remote_mac.network_id = wanted.network AND remote_mac.mac = wanted.name
    ) AS claimed
    UNION ALL
    SELECT wanted.network, wanted.name, 'imported', stretch.id, NULL,
      ARRAY(SELECT jsonb_array_elements_text(said.row -> 'ips')), said.arrival, ${imported},
      (said.row ->> 'sequence')::bigint, coalesce((said.row ->> 'static')::boolean, false), stretch.cloud
    FROM wanted JOIN sync_stretch AS stretch ON stretch.network_id = wanted.network
    ${IMPORTED_ROW}
  ) AS said`;

const CANDIDATES = candidates({ port: 'NULL', learned: 'NULL', stated: 'NULL', imported: 'NULL' });

const rfc3339 = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const DESCRIBED_CANDIDATES = candidates({
  port: `jsonb_build_object('port_id', port.id, 'host', host_id, 'device_owner', device_owner, 'updated_at', ${rfc3339('port.updated_at')})`,
  learned: `jsonb_build_object('switch', switch.name, 'row', split_part(learned.key, '/', 3), 'since', ${rfc3339('learned.since')})`,
  stated: `jsonb_build_object('remote_mac_id', remote_mac.id, 'rgw_connection', connection_id, 'since', ${rfc3339('remote_mac.created_at')})`,
  imported: `jsonb_build_object('sync_peer_id', stretch.peer_id, 'cloud', stretch.cloud, 'rgw_connection', stretch.id,
    'static', coalesce((said.row ->> 'static')::boolean, false), 'path', ${pathOf('said.row', 'stretch.cloud')}, 'since', ${rfc3339('said.since')})`,
});
