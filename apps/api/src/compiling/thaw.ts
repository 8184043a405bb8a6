import type { CompilerConnection } from './compiler-connection.js';

/** A MAC that was frozen since the last look. */
export interface FrozenMac {
  readonly network_id: string;
  readonly mac: string;
  /** The cloud that keeps it. */
  readonly stable: string;
  /** RFC 3339. */
  readonly until: string;
}

/** Lets MACs and IPs move again that have been frozen for long enough, and answers the MACs that were frozen since: each once. */
export async function thaw(db: CompilerConnection): Promise<readonly FrozenMac[]> {
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
     SELECT 0, 'network/' || network_id, 'mac/' || mac FROM thawed JOIN ip_claim USING (network_id, ip) WHERE claimed`,
  );
  return db.query<FrozenMac>(
    `UPDATE mac_sequence SET is_told = true WHERE is_frozen AND NOT is_told
     RETURNING network_id, mac, stable, to_char(to_timestamp(frozen_until / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS until`,
  );
}
