import type { MacKind } from '@l2gw/contracts';
import { parseIp, parseVtepIp } from '@l2gw/l2';
import { arrayText } from '../database/array-text.js';
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
  readonly immutable: readonly string[] | null;
  readonly routers: readonly string[] | null;
  readonly moved: readonly { readonly ip: string; readonly sequence: number }[] | null;
  readonly withheld: readonly string[] | null;
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
  if (keys.length === 0) return new Map();
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
    ...ipFactsOf(row),
  };
}

function ipFactsOf({ immutable, routers, moved, withheld }: CandidateRow): Partial<Candidate> {
  return {
    ...(immutable === null ? {} : { immutable: immutable.map(parseIp) }),
    ...(routers === null ? {} : { routers: routers.map(parseIp) }),
    ...(moved === null ? {} : { moved: moved.map(({ ip, sequence }) => ({ ip: parseIp(ip), sequence })) }),
    ...(withheld === null ? {} : { withheld: withheld.map(parseIp) }),
  };
}

function placeOf({ connection, vtep }: CandidateRow): Place | undefined {
  if (connection !== null) return { connection };
  return vtep === null ? undefined : { vtep: parseVtepIp(vtep) };
}

/** For `unnest($1::uuid[], $2::text[])`. */
export function parametersOf(keys: readonly NetworkKey[]): [networks: string, names: string] {
  return [arrayText(keys.map((key) => key.network)), arrayText(keys.map((key) => key.name))];
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
 * Facts are looked up one by one (`OFFSET 0` keeps a join from being made of it): PostgreSQL may not know yet how many rows the table of a
 * switch or of another cloud has, and would read all of them, those of all other networks, too, in each round.
 */
const lookUp = (select: string): string => `CROSS JOIN LATERAL (${select} OFFSET 0)`;

const PORT = lookUp(`SELECT port.*, port_mac.ips FROM port_mac JOIN port ON port.id = port_id
    WHERE port_mac.network_id = wanted.network AND port_mac.mac = wanted.name`);
const LEARNED_ROW = lookUp(`SELECT table_name, key, row, arrival, since FROM pushed_row
    WHERE logical_switch = wanted.network::text AND mac = wanted.name AND left(table_name, 8) = 'learned/'`);
const REPORT = lookUp(`SELECT row FROM pushed_row WHERE table_name = 'report/' || switch.id AND key = 'switch'`);
const STATED = lookUp(`SELECT * FROM remote_mac WHERE network_id = wanted.network AND mac = wanted.name`);
const IMPORTED_ROW = lookUp(`SELECT row, arrival, since FROM pushed_row
    WHERE table_name = stretch.table_name AND key = wanted.name AND row <> '{}'`);

type Described = Readonly<Record<'port' | 'learned' | 'stated' | 'imported' | 'withheld' | 'moved', string>>;

/** A port keeps its fixed IPs where port security sees to it, which is on a host. Its address pairs can be those of other ports, too. */
const FIXED = `CASE WHEN wanted.name = port.mac_address
    THEN (SELECT jsonb_agg(each -> 'ip_address') FROM jsonb_array_elements(fixed_ips) AS each) END`;
const IS_SECURED = `vtep_ip IS NOT NULL AND coalesce((extras ->> 'port_security_enabled')::boolean,
    (SELECT port_security_enabled FROM network WHERE network.id = port.network_id))`;

/**
 * SQL of who a candidate of each kind is. A switch may say behind which of its own tunnel IPs a MAC is, if its operator has not chosen one,
 * but no address that is not its own.
 */
const candidates = ({ port, learned, stated, imported, withheld, moved }: Described): string => `
  WITH wanted AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name))
  SELECT said.*, said.kind <> 'static' AND coalesce((SELECT is_frozen AND stable IS DISTINCT FROM said.cloud FROM mac_sequence
    WHERE network_id = said.network AND mac = said.name), false) AS is_frozen, ${withheld} AS withheld
  FROM (
    SELECT claimed.*, ${moved} AS moved, (SELECT own FROM mac_sequence WHERE network_id = claimed.network AND mac = claimed.name) AS sequence,
      false AS is_sticky, (SELECT id FROM cloud) AS cloud FROM (
      SELECT wanted.network, wanted.name, 'port' AS kind, NULL::uuid AS connection, vtep_ip AS vtep, ips, claim, ${port} AS origin,
        CASE WHEN ${IS_SECURED} THEN ${FIXED} END AS immutable, CASE WHEN device_owner LIKE 'network:%router%' THEN ${FIXED} END AS routers
      FROM wanted ${PORT} AS port
      LEFT JOIN host_vtep ON host_vtep.host = port.host_id
      UNION ALL
      SELECT wanted.network, wanted.name, 'learned', NULL,
        CASE WHEN switch.settings ->> 'tunnel_ip' IS NULL AND report.row -> 'tunnelIps' ? (learned.row ->> 'vtep') THEN learned.row ->> 'vtep'
          ELSE switch_vtep(switch.settings, report.row) END,
        array_remove(ARRAY[learned.row ->> 'ip'], NULL), learned.arrival, ${learned}, NULL::jsonb, NULL::jsonb
      FROM wanted ${LEARNED_ROW} AS learned JOIN switch ON switch.id = substr(learned.table_name, 9) ${REPORT} AS report
      WHERE EXISTS (SELECT FROM binding WHERE network_id = wanted.network AND device_name = switch.name)
      UNION ALL
      SELECT wanted.network, wanted.name, 'static', connection_id, NULL, array_remove(ARRAY[ipaddr], ''), 0, ${stated}, NULL::jsonb, NULL::jsonb
      FROM wanted ${STATED} AS remote_mac
    ) AS claimed
    UNION ALL
    SELECT wanted.network, wanted.name, 'imported', stretch.id, NULL,
      ARRAY(SELECT jsonb_array_elements_text(said.row -> 'ips')), said.arrival, ${imported},
      said.row -> 'immutable', said.row -> 'routers', said.row -> 'moved', (said.row ->> 'sequence')::bigint, coalesce((said.row ->> 'static')::boolean, false), stretch.cloud
    FROM wanted JOIN sync_stretch AS stretch ON stretch.network_id = wanted.network ${IMPORTED_ROW} AS said
  ) AS said`;

/** The compiler finds out by itself. */
const NO_IPS = { withheld: 'NULL::jsonb', moved: 'NULL::jsonb' };
const IPS = {
  withheld: `(SELECT jsonb_agg(ip) FROM ip_claim WHERE network_id = said.network AND mac = said.name AND claimed AND NOT holds)`,
  moved: `(SELECT jsonb_agg(jsonb_build_object('ip', ip, 'sequence', sequence)) FROM ip_claim
    WHERE network_id = claimed.network AND mac = claimed.name AND is_ours AND claimed AND sequence > 0)`,
};

const CANDIDATES = candidates({ port: 'NULL', learned: 'NULL', stated: 'NULL', imported: 'NULL', ...NO_IPS });

const rfc3339 = (time: string): string => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const DESCRIBED_CANDIDATES = candidates({
  port: `jsonb_build_object('port_id', port.id, 'host', host_id, 'device_owner', device_owner, 'updated_at', ${rfc3339('port.updated_at')})`,
  learned: `jsonb_build_object('switch', switch.name, 'row', split_part(learned.key, '/', 3), 'since', ${rfc3339('learned.since')})`,
  stated: `jsonb_build_object('remote_mac_id', remote_mac.id, 'rgw_connection', connection_id, 'since', ${rfc3339('remote_mac.created_at')})`,
  imported: `jsonb_build_object('sync_peer_id', stretch.peer_id, 'cloud', stretch.cloud, 'rgw_connection', stretch.id,
    'static', coalesce((said.row ->> 'static')::boolean, false), 'path', ${pathOf('said.row', 'stretch.cloud')}, 'since', ${rfc3339('said.since')})`,
  ...IPS,
});
