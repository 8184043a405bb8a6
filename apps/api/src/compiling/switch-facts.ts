import type { BoundNetwork } from './compile-switch.js';
import type { CompilerConnection } from './compiler-connection.js';

/** One network on one switch; the switch by its client id. */
export interface SwitchKey {
  readonly switchId: string;
  readonly network: string;
}

export const switchKeyText = (key: SwitchKey): string => `${key.switchId} ${key.network}`;

/** What is bound of these networks on these switches. */
export async function boundNetworksOf(
  db: CompilerConnection,
  keys: readonly SwitchKey[],
): Promise<ReadonlyMap<string, BoundNetwork>> {
  const rows = await db.query<SwitchKey & BoundNetwork>(
    `SELECT wanted.switch_id AS "switchId", wanted.network, network.name, vni.vni,
       jsonb_agg(jsonb_build_object('port', port_name, 'vlan', vlan)) AS bindings,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('connection', stretch.id, 'vtep', remote_gateway.ipaddr,
           'vni', coalesce(stretch.segmentation_id, vni.vni), 'flood', stretch.flood, 'onTunnelDown', peer.on_tunnel_down, 'tunnel', (
           SELECT row FROM pushed_row WHERE table_name = 'report/' || switch.id AND key = 'tunnel/' || remote_gateway.ipaddr AND row <> '{}'))), '[]')
         FROM remote_gateway_connection AS stretch JOIN remote_gateway ON remote_gateway.id = stretch.remote_gateway_id
         LEFT JOIN sync_peer AS peer ON peer.id = remote_gateway.sync_peer_id
         WHERE stretch.network_id = wanted.network AND EXISTS (
           SELECT FROM binding AS own JOIN l2_gateway_connection AS connected ON connected.id = own.connection_id
           WHERE own.network_id = wanted.network AND own.device_name = switch.name AND connected.l2_gateway_id = stretch.l2_gateway_id)) AS remotes,
       switch.capabilities, switch.settings,
       max(binding.generation) || '.' || network.revision_number AS generation
     FROM unnest($1::text[], $2::uuid[]) AS wanted (switch_id, network)
     JOIN switch ON switch.id = wanted.switch_id
     JOIN binding ON binding.network_id = wanted.network AND device_name = switch.name
     JOIN network ON network.id = wanted.network JOIN vni ON vni.network_id = wanted.network
     GROUP BY wanted.switch_id, wanted.network, network.name, vni.vni, switch.id, switch.name, switch.capabilities, switch.settings, network.revision_number`,
    [keys.map((key) => key.switchId), keys.map((key) => key.network)],
  );
  return new Map(rows.map((row) => [switchKeyText(row), row]));
}

/** Every network bound on these switches, and which of the switches exist. */
export async function allBoundOn(
  db: CompilerConnection,
  switchIds: readonly string[],
): Promise<{ readonly existing: ReadonlySet<string>; readonly keys: readonly SwitchKey[] }> {
  const existing = await db.query<{ id: string }>('SELECT id FROM switch WHERE id = ANY ($1::text[])', [switchIds]);
  const keys = await db.query<SwitchKey>(
    `SELECT DISTINCT switch.id AS "switchId", network_id AS network FROM switch JOIN binding ON device_name = switch.name
     WHERE switch.id = ANY ($1::text[])`,
    [switchIds],
  );
  return { existing: new Set(existing.map((each) => each.id)), keys };
}
