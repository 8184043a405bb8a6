import type { FactsTransaction } from '../database/facts.js';

/**
 * Marks what follows from remote gateway connections: the network on every switch of the gateway, what the network's table says of
 * the connection, and what other clouds are told of the network. Call while they exist.
 */
export async function markStretches(
  tx: FactsTransaction,
  column: 'id' | 'remote_gateway_id',
  id: string,
): Promise<void> {
  await tx.markSelected(
    `SELECT 'switch/' || switch.id, stretch.network_id::text FROM remote_gateway_connection AS stretch
       JOIN l2_gateway_connection AS connection USING (network_id, l2_gateway_id)
       JOIN binding ON binding.connection_id = connection.id JOIN switch ON switch.name = binding.device_name
       WHERE stretch.${column} = $1
     UNION
     SELECT 'network/' || network_id, 'remote/' || id FROM remote_gateway_connection WHERE ${column} = $1
     UNION
     SELECT 'export/' || network_id, '' FROM sync_stretch WHERE ${column} = $1`,
    [id],
  );
}
