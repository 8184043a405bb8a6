import { insertSelected } from '../database/mark-lists.js';
import type { CompilerConnection } from './compiler-connection.js';

/** Lets MACs and IPs move again that have been frozen for long enough. */
export async function thaw(db: CompilerConnection): Promise<void> {
  await db.query(
    `WITH thawed AS (
       UPDATE mac_sequence SET is_frozen = false, moves = '{}' WHERE is_frozen AND frozen_until <= extract(epoch FROM now()) * 1000
       RETURNING network_id, mac
     ), marks (table_name, key) AS (SELECT 'network/' || network_id, 'mac/' || mac FROM thawed) ${insertSelected('0')}`,
  );
  await db.query(
    `WITH thawed AS (
       UPDATE ip_settling SET is_frozen = false, moves = '{}' WHERE is_frozen AND frozen_until <= extract(epoch FROM now()) * 1000
       RETURNING network_id, ip
     ), marks (table_name, key) AS (
       SELECT 'network/' || network_id, 'mac/' || mac FROM thawed JOIN ip_claim USING (network_id, ip)) ${insertSelected('0')}`,
  );
}
