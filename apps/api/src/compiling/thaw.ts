import type { CompilerConnection } from './compiler-connection.js';

/** Lets MACs and IPs move again that have been frozen for long enough. */
export async function thaw(db: CompilerConnection): Promise<void> {
  await db.query(
    `WITH thawed AS (
       UPDATE mac_sequence SET is_frozen = false, moves = '{}' WHERE is_frozen AND frozen_until <= extract(epoch FROM now()) * 1000
       RETURNING network_id, mac)
     INSERT INTO dirty_mark (lane, table_name, key) SELECT 0, 'network/' || network_id, 'mac/' || mac FROM thawed`,
  );
  await db.query(
    `WITH thawed AS (
       UPDATE ip_settling SET is_frozen = false, moves = '{}' WHERE is_frozen AND frozen_until <= extract(epoch FROM now()) * 1000
       RETURNING network_id, ip)
     INSERT INTO dirty_mark (lane, table_name, key)
     SELECT 0, 'network/' || network_id, 'mac/' || mac FROM thawed JOIN ip_claim USING (network_id, ip)`,
  );
}
