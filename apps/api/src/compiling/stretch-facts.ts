import type { StretchedNetwork } from './compile-network.js';
import type { CompilerConnection } from './compiler-connection.js';
import { type NetworkKey, keyText } from '../forwarding/candidates.js';

/** Remote gateway connections by their ids, with the switches of their gateways; one that cannot use the connection relays nothing. */
export async function stretchedNetworksOf(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
): Promise<ReadonlyMap<string, StretchedNetwork>> {
  if (keys.length === 0) return new Map();
  const rows = await db.query<NetworkKey & StretchedNetwork>(
    `SELECT wanted.network, wanted.name, remote_gateway.ipaddr AS vtep, coalesce(stretch.segmentation_id, vni.vni) AS vni, (
       SELECT coalesce(jsonb_agg(jsonb_build_object(
         'vtep', switch_vtep(switch.settings, report.row), 'relays', 'relays_unicast' = ANY (switch.capabilities)
           AND (stretch.segmentation_id IS NULL OR stretch.segmentation_id = vni.vni OR 'tunnel_key' = ANY (switch.capabilities)))), '[]')
       FROM (SELECT DISTINCT device_name FROM binding JOIN l2_gateway_connection AS connected ON connected.id = connection_id
         WHERE binding.network_id = stretch.network_id AND connected.l2_gateway_id = stretch.l2_gateway_id) AS bound
       JOIN switch ON switch.name = device_name
       JOIN pushed_row AS report ON report.table_name = 'report/' || switch.id AND report.key = 'switch'
         AND switch_vtep(switch.settings, report.row) IS NOT NULL) AS borders
     FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name)
     JOIN remote_gateway_connection AS stretch ON stretch.network_id = wanted.network AND stretch.id::text = wanted.name
     JOIN remote_gateway ON remote_gateway.id = stretch.remote_gateway_id
     JOIN vni ON vni.network_id = stretch.network_id`,
    [keys.map((key) => key.network), keys.map((key) => key.name)],
  );
  return new Map(rows.map((row) => [keyText(row), row]));
}
