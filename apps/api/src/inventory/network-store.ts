import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { networkNotFound } from './inventory-store.js';
import type { NetworkEntity } from './network.entity.js';

/** A network with the ids of its subnets, oldest first. */
export interface NetworkRow extends NetworkEntity {
  readonly subnets: readonly string[];
}

/** Networks with their subnets, as one relation. */
export const NETWORKS = `(
  SELECT network.*, ARRAY(SELECT subnet.id::text FROM subnet WHERE network_id = network.id ORDER BY created_at, id) AS subnets
  FROM network
)`;

export async function findNetwork(db: EntityManager, id: string): Promise<NetworkRow> {
  const [row]: NetworkRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${NETWORKS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw networkNotFound(id);
  return row;
}

/** A network is another one when a subnet comes or goes. */
export async function reviseNetwork(db: EntityManager, id: string): Promise<void> {
  await db.query('UPDATE network SET updated_at = now(), revision_number = revision_number + 1 WHERE id = $1', [id]);
}
