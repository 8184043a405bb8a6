import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import { SubnetEntity } from './subnet.entity.js';

/** Finding subnets, and keeping them as they are until the end of the transaction. */

export const subnetNotFound = (id: string): NeutronError =>
  notFound('SubnetNotFound', `Subnet ${id} could not be found.`);

export async function findSubnet(db: EntityManager, id: string): Promise<SubnetEntity> {
  const row = isUuid(id) ? await db.findOneBy(SubnetEntity, { id }) : null;
  if (row === null) throw subnetNotFound(id);
  return row;
}

export async function lockSubnet(db: EntityManager, id: string): Promise<SubnetEntity> {
  const [row]: SubnetEntity[] = isUuid(id) ? await db.query('SELECT * FROM subnet WHERE id = $1 FOR UPDATE', [id]) : [];
  if (row === undefined) throw subnetNotFound(id);
  return row;
}

/** The networks' subnets, oldest first. Until the end of the transaction nobody else takes addresses of them, or deletes them. */
export async function lockSubnetsOf(
  db: EntityManager,
  networkIds: readonly string[],
): Promise<readonly SubnetEntity[]> {
  const rows: SubnetEntity[] = await db.query(
    'SELECT * FROM subnet WHERE network_id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE',
    [networkIds],
  );
  return rows.sort((a, b) => a.created_at.getTime() - b.created_at.getTime());
}
