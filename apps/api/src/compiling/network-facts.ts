import type { FloodRow, MacKind } from '@l2gw/contracts';
import { type VtepIp, parseIp, parseVtepIp } from '@l2gw/l2';
import type { Candidate, Place } from '../forwarding/select-best.js';
import type { CompilerConnection } from './compiler-connection.js';

/** One MAC or one VTEP of one network. */
export interface NetworkKey {
  readonly network: string;
  readonly name: string;
}

export const keyText = (key: NetworkKey): string => `${key.network} ${key.name}`;

interface CandidateRow extends NetworkKey {
  readonly kind: MacKind;
  readonly connection: string | null;
  readonly vteps: readonly string[];
  readonly said: string | null;
  readonly ips: readonly string[];
  readonly claim: string;
}

/**
 * Everybody who claims these MACs: operators, ports of the inventory, and switches that have the network bound and have learned them.
 */
export async function candidatesOf(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  const rows = await db.query<CandidateRow>(
    `WITH wanted AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name))
     SELECT wanted.network, wanted.name, 'port' AS kind, NULL::uuid AS connection, array_remove(ARRAY[vtep_ip], NULL) AS vteps, NULL AS said, ips, claim
     FROM wanted JOIN port_mac ON port_mac.network_id = wanted.network AND port_mac.mac = wanted.name JOIN port ON port.id = port_id
     LEFT JOIN host_vtep ON host_vtep.host = port.host_id
     UNION ALL
     SELECT wanted.network, wanted.name, 'learned', NULL, ARRAY(SELECT jsonb_array_elements_text(report.row -> 'tunnelIps')), learned.row ->> 'vtep',
       array_remove(ARRAY[learned.row ->> 'ip'], NULL), learned.arrival
     FROM wanted JOIN pushed_row AS learned ON learned.logical_switch = wanted.network::text AND learned.mac = wanted.name AND learned.table_name LIKE 'learned/%'
     JOIN switch ON switch.id = substr(learned.table_name, 9)
     JOIN pushed_row AS report ON report.table_name = 'report/' || switch.id AND report.key = 'switch'
     WHERE EXISTS (SELECT FROM binding WHERE network_id = wanted.network AND device_name = switch.name)
     UNION ALL
     SELECT wanted.network, wanted.name, 'static', connection_id, '{}', NULL, array_remove(ARRAY[ipaddr], ''), 0
     FROM wanted JOIN remote_mac ON remote_mac.network_id = wanted.network AND remote_mac.mac = wanted.name`,
    [keys.map((key) => key.network), keys.map((key) => key.name)],
  );
  const candidates = new Map<string, Candidate[]>();
  for (const row of rows) {
    const list = candidates.get(keyText(row)) ?? [];
    list.push({ kind: row.kind, place: placeOf(row), ips: row.ips.map(parseIp), claim: BigInt(row.claim) });
    candidates.set(keyText(row), list);
  }
  return candidates;
}

function placeOf(row: CandidateRow): Place | undefined {
  if (row.connection !== null) return { connection: row.connection };
  const vtep = vtepOf(row);
  return vtep && { vtep };
}

/** A switch may say behind which of its own tunnel IPs a MAC is, but no address that is not its own. */
function vtepOf({ vteps, said }: CandidateRow): VtepIp | undefined {
  const chosen = said !== null && vteps.includes(said) ? said : [...vteps].sort()[0];
  return chosen === undefined ? undefined : parseVtepIp(chosen);
}

/**
 * Who at these VTEPs wants the networks' flooded frames: hosts with a port on the network, switches that have it bound.
 * The ports are asked host by host, so that the cost does not grow with their number.
 */
export async function floodMembersOf(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, ReadonlySet<FloodRow['kind']>>> {
  const rows = await db.query<NetworkKey & { kind: FloodRow['kind'] }>(
    `WITH wanted AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name))
     SELECT wanted.network, wanted.name, 'host' AS kind FROM wanted
     WHERE EXISTS (
       SELECT FROM host_vtep WHERE vtep_ip = wanted.name AND (
         SELECT true FROM port WHERE port.network_id = wanted.network AND port.host_id = host_vtep.host LIMIT 1))
     UNION ALL
     SELECT wanted.network, wanted.name, 'switch' FROM wanted
     WHERE EXISTS (
       SELECT FROM (SELECT DISTINCT device_name FROM binding WHERE network_id = wanted.network) AS bound
       JOIN switch ON switch.name = device_name
       JOIN pushed_row ON table_name = 'report/' || switch.id AND key = 'switch' AND row -> 'tunnelIps' ? wanted.name)`,
    [keys.map((key) => key.network), keys.map((key) => key.name)],
  );
  const members = new Map<string, Set<FloodRow['kind']>>();
  for (const row of rows) members.set(keyText(row), (members.get(keyText(row)) ?? new Set()).add(row.kind));
  return members;
}

export interface KindOfKey extends NetworkKey {
  readonly kind: 'mac' | 'vtep' | 'remote';
}

/** Every MAC, VTEP and remote gateway connection that the facts of these networks name, and which of the networks exist. */
export async function allKeysOf(
  db: CompilerConnection,
  networks: readonly string[],
): Promise<{
  readonly existing: ReadonlySet<string>;
  readonly keys: readonly KindOfKey[];
}> {
  const existing = await db.query<{ id: string }>('SELECT id FROM network WHERE id = ANY ($1::uuid[])', [networks]);
  const keys = await db.query<KindOfKey>(
    `SELECT network_id AS network, 'mac' AS kind, mac AS name FROM port_mac WHERE network_id = ANY ($1::uuid[])
     UNION SELECT logical_switch::uuid, 'mac', mac FROM pushed_row WHERE logical_switch = ANY ($1::text[]) AND mac IS NOT NULL
     UNION SELECT network_id, 'mac', mac FROM remote_mac WHERE network_id = ANY ($1::uuid[])
     UNION SELECT network_id, 'remote', id::text FROM remote_gateway_connection WHERE network_id = ANY ($1::uuid[])
     UNION SELECT network_id, 'vtep', vtep_ip FROM port JOIN host_vtep ON host = host_id WHERE network_id = ANY ($1::uuid[])
     UNION SELECT network_id, 'vtep', jsonb_array_elements_text(row -> 'tunnelIps') FROM binding JOIN switch ON switch.name = device_name
       JOIN pushed_row ON table_name = 'report/' || switch.id AND key = 'switch' WHERE network_id = ANY ($1::uuid[])`,
    [networks],
  );
  return { existing: new Set(existing.map((each) => each.id)), keys };
}
