import type { CompilerConnection } from './compiler-connection.js';

/** Forgets who has claimed what in these networks, which are gone. */
export async function forgetClaims(db: CompilerConnection, networks: readonly string[]): Promise<void> {
  if (networks.length === 0) return;
  await db.query('DELETE FROM mac_sequence WHERE network_id = ANY ($1::uuid[])', [networks]);
  await db.query('DELETE FROM ip_claim WHERE network_id = ANY ($1::uuid[])', [networks]);
}
