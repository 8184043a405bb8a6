import { reportTable, switchClientId } from '@l2gw/contracts';
import { isUuid } from '../http/attributes.js';
import { isCanonicalMac } from './understood.js';
import { type FactsTransaction, markMac } from '../database/facts.js';
import type { PushOwner } from './push-owners.js';

/** Marks what the changed rows of a pushed table may change in what is derived. */
export async function markPushed(
  tx: FactsTransaction,
  table: string,
  switchName: string,
  keys: readonly string[],
): Promise<void> {
  if (table.startsWith('learned/')) {
    for (const key of keys) {
      const [network = '', mac = ''] = key.split('/');
      if (isUuid(network)) tx.mark(markMac(network, mac));
    }
    return;
  }
  if (keys.includes(reportTable.switchKey)) await markSwitch(tx, switchName);
  const tunnels = keys.filter((key) => key.startsWith(TUNNEL)).map((key) => key.slice(TUNNEL.length));
  if (tunnels.length > 0) await markWays(tx, switchName, tunnels);
}

const TUNNEL = reportTable.tunnelKey('');

/** Marks what the switch is told of its ways over these tunnels, where it matters whether they are down. */
async function markWays(tx: FactsTransaction, switchName: string, vteps: readonly string[]): Promise<void> {
  await tx.markSelected(
    `SELECT DISTINCT 'switch/' || $1::text, binding.network_id::text FROM remote_gateway JOIN sync_peer AS peer ON peer.id = sync_peer_id
     JOIN remote_gateway_connection AS stretch ON stretch.remote_gateway_id = remote_gateway.id
     JOIN binding ON binding.network_id = stretch.network_id AND device_name = $2
     WHERE ipaddr = ANY ($3::text[]) AND on_tunnel_down = 'flush'`,
    [switchClientId(switchName), switchName, vteps],
  );
}

/** Marks the MACs that another cloud has spoken of; what remote-sync says of the peers themselves changes nothing that is derived. */
export function markImported(tx: FactsTransaction, owner: PushOwner, keys: readonly string[]): void {
  if (!('network' in owner)) return;
  tx.mark(...keys.filter(isCanonicalMac).map((mac) => markMac(owner.network, mac)));
}

/**
 * The switch itself has changed, perhaps its tunnel IPs: whether the old and new ones belong to the flood sets of its networks and the
 * borders of their remote gateway connections, and where the MACs are that it has learned. The old ones are found in what was derived from them.
 */
export async function markSwitch(tx: FactsTransaction, switchName: string): Promise<void> {
  const id = switchClientId(switchName);
  await tx.markSelected(
    `SELECT 'network/' || network_id, 'vtep/' || vtep FROM binding, pushed_row, jsonb_array_elements_text(row -> 'tunnelIps') AS vtep
       WHERE device_name = $1 AND pushed_row.table_name = $2 AND key = '${reportTable.switchKey}'
     UNION
     SELECT derived_row.table_name, derived_row.key FROM binding JOIN derived_row ON derived_row.table_name = 'network/' || network_id
       WHERE device_name = $1 AND derived_row.key LIKE 'vtep/%' AND derived_row.row LIKE '%"switch"%'
     UNION
     SELECT 'network/' || network_id, 'remote/' || id FROM remote_gateway_connection AS stretch
       WHERE EXISTS (SELECT FROM binding WHERE device_name = $1 AND binding.network_id = stretch.network_id)
     UNION
     SELECT 'network/' || (row ->> 'logicalSwitch'), 'mac/' || (row ->> 'mac') FROM pushed_row WHERE table_name = $3 AND row <> '{}'`,
    [switchName, reportTable.table(id), `learned/${id}`],
  );
}
