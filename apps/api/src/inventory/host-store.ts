import type { EntityManager } from 'typeorm';
import type { FactsTransaction } from '../database/facts.js';

/** What hangs on a host's VTEP, and how to mark it when the VTEP changes. */

/**
 * Before the VTEP of a host is changed. Waits for everybody who is writing ports, so that all of them are seen and marked, and lets
 * nobody begin until the end of the transaction, so that who comes later sees the new VTEP.
 */
export async function lockPorts(tx: FactsTransaction): Promise<void> {
  await tx.db.query('LOCK TABLE port IN SHARE ROW EXCLUSIVE MODE');
}

export async function vtepOf(db: EntityManager, host: string): Promise<string | undefined> {
  const [row]: { vtep_ip: string }[] = await db.query('SELECT vtep_ip FROM host_vtep WHERE host = $1', [host]);
  return row?.vtep_ip;
}

/** Marks all MACs of the host's ports, and the old and new VTEP in their networks; nothing if the VTEP is what it was `before`. */
export async function markHost(tx: FactsTransaction, host: string, before: string | undefined): Promise<void> {
  const after = await vtepOf(tx.db, host);
  if (after === before) return;
  const vteps = [before, after].filter((vtep) => vtep !== undefined);
  await tx.markSelected(
    `SELECT 'network/' || port_mac.network_id, 'mac/' || mac FROM port JOIN port_mac ON port_mac.port_id = port.id WHERE host_id = $1
     UNION
     SELECT 'network/' || network_id, 'vtep/' || vtep FROM port, unnest($2::text[]) AS vtep WHERE host_id = $1`,
    [host, vteps],
  );
}
