import { importTable, syncTable } from '@l2gw/contracts';
import type { FactsTransaction } from '../database/facts.js';

export const markPeer = (peer: string) => ({ table: syncTable.table, key: syncTable.peerKey(peer) });

/** Marks what remote-sync is told of the stretches of these remote gateways, and of their networks. */
export async function markShared(tx: FactsTransaction, remoteGateways: readonly string[]): Promise<void> {
  await tx.markSelected(
    `SELECT 'sync', 'stretch/' || id FROM remote_gateway_connection WHERE remote_gateway_id = ANY ($1::uuid[])
     UNION SELECT 'export/' || network_id, '' FROM remote_gateway_connection WHERE remote_gateway_id = ANY ($1::uuid[])`,
    [remoteGateways],
  );
}

/** Marks what remote-sync is told of the stretches of this network. */
export async function markStretchesOf(tx: FactsTransaction, networkId: string): Promise<void> {
  await tx.markSelected(`SELECT 'sync', 'stretch/' || id FROM sync_stretch WHERE network_id = $1`, [networkId]);
}

/**
 * Removes what peers have said of these stretches, all of it and nothing else. Call while the stretches exist and are locked: a push
 * that is under way is over then, and a later one is refused.
 */
export async function forgetImports(tx: FactsTransaction, stretches: readonly string[]): Promise<void> {
  if (stretches.length === 0) return;
  const tables = await tx.db.query<{ name: string; network_id: string }[]>(
    'SELECT table_name AS name, network_id FROM sync_stretch WHERE id = ANY ($1::uuid[])',
    [stretches],
  );
  const names = tables.map((each) => each.name).filter((name) => importTable.partsOf(name) !== undefined);
  await tx.markSelected(
    `SELECT 'network/' || network_id, 'mac/' || key FROM sync_stretch JOIN pushed_row USING (table_name)
     WHERE sync_stretch.id = ANY ($1::uuid[]) AND row <> '{}'`,
    [stretches],
  );
  await tx.db.query('DELETE FROM pushed_table WHERE name = ANY ($1::text[])', [names]);
}

/** Marks what switches are told of the ways to this peer. */
export async function markWaysTo(tx: FactsTransaction, peer: string): Promise<void> {
  await tx.markSelected(
    `SELECT DISTINCT 'switch/' || switch.id, stretch.network_id::text FROM sync_stretch AS stretch
     JOIN binding ON binding.network_id = stretch.network_id JOIN switch ON switch.name = device_name WHERE stretch.peer_id = $1`,
    [peer],
  );
}
