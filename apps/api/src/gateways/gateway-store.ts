import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import { GatewayEntity } from './gateway.entity.js';

export const gatewayNotFound = (id: string): NeutronError =>
  notFound('L2GatewayNotFound', `L2 Gateway ${id} could not be found`);

export async function findGateway(db: EntityManager, id: string): Promise<GatewayEntity> {
  const row = isUuid(id) ? await db.findOneBy(GatewayEntity, { id }) : null;
  if (row === null) throw gatewayNotFound(id);
  return row;
}

/** `UPDATE`: to change it; `SHARE`: to rely on it until the end of the transaction. */
export async function lockGateway(db: EntityManager, id: string, mode: 'UPDATE' | 'SHARE'): Promise<GatewayEntity> {
  const [row]: GatewayEntity[] = isUuid(id)
    ? await db.query(`SELECT * FROM l2_gateway WHERE id = $1 FOR ${mode}`, [id])
    : [];
  if (row === undefined) throw gatewayNotFound(id);
  return row;
}
