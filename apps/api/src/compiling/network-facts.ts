import type { FloodRow } from '@l2gw/contracts';
import { type NetworkKey, keyText } from '../forwarding/candidates.js';
import type { CompilerConnection } from './compiler-connection.js';

/**
 * Who at these VTEPs wants the networks' flooded frames: hosts with a port on the network, switches that have it bound.
 * The ports are asked host by host, so that the cost does not grow with their number.
 */
export async function floodMembersOf(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, ReadonlySet<FloodRow['kind']>>> {
  if (keys.length === 0) return new Map();
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
       JOIN pushed_row ON table_name = 'report/' || switch.id AND key = 'switch' AND switch_vtep(settings, row) = wanted.name)`,
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
  if (networks.length === 0) return { existing: new Set(), keys: [] };
  const existing = await db.query<{ id: string }>('SELECT id FROM network WHERE id = ANY ($1::uuid[])', [networks]);
  const keys = await db.query<KindOfKey>(
    `SELECT network_id AS network, 'mac' AS kind, mac AS name FROM port_mac WHERE network_id = ANY ($1::uuid[])
     UNION SELECT logical_switch::uuid, 'mac', mac FROM learned_mac WHERE logical_switch = ANY ($1::text[])
     UNION SELECT network_id, 'mac', mac FROM remote_mac WHERE network_id = ANY ($1::uuid[])
     UNION SELECT network_id, 'mac', key FROM sync_stretch JOIN pushed_row USING (table_name)
       WHERE network_id = ANY ($1::uuid[]) AND pushed_row.row <> '{}'
     UNION SELECT network_id, 'remote', id::text FROM remote_gateway_connection WHERE network_id = ANY ($1::uuid[])
     UNION SELECT network_id, 'vtep', vtep_ip FROM port JOIN host_vtep ON host = host_id WHERE network_id = ANY ($1::uuid[])
     UNION SELECT network_id, 'vtep', switch_vtep(settings, row) FROM binding JOIN switch ON switch.name = device_name
       JOIN pushed_row ON table_name = 'report/' || switch.id AND key = 'switch'
       WHERE network_id = ANY ($1::uuid[]) AND switch_vtep(settings, row) IS NOT NULL`,
    [networks],
  );
  return { existing: new Set(existing.map((each) => each.id)), keys };
}
