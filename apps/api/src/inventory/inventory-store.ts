import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import { HostEntity } from './host.entity.js';
import type { NetworkEntity } from './network.entity.js';
import { PortEntity } from './port.entity.js';

/** Finding one thing of the inventory by its id; whatever is not there is Neutron's 404. */

export const networkNotFound = (id: string): NeutronError =>
  notFound('NetworkNotFound', `Network ${id} could not be found.`);
export const portNotFound = (id: string): NeutronError => notFound('PortNotFound', `Port ${id} could not be found.`);
export const hostNotFound = (id: string): NeutronError => notFound('AgentNotFound', `Agent ${id} could not be found.`);

/** `UPDATE`: to change it; `SHARE`: to rely on it until the end of the transaction. */
export async function lockNetwork(db: EntityManager, id: string, mode: 'UPDATE' | 'SHARE'): Promise<NetworkEntity> {
  const [row]: NetworkEntity[] = isUuid(id)
    ? await db.query(`SELECT * FROM network WHERE id = $1 FOR ${mode}`, [id])
    : [];
  if (row === undefined) throw networkNotFound(id);
  return row;
}

export async function findPort(db: EntityManager, id: string): Promise<PortEntity> {
  const row = isUuid(id) ? await db.findOneBy(PortEntity, { id }) : null;
  if (row === null) throw portNotFound(id);
  return row;
}

export async function lockPort(db: EntityManager, id: string): Promise<PortEntity> {
  const [row]: PortEntity[] = isUuid(id) ? await db.query('SELECT * FROM port WHERE id = $1 FOR UPDATE', [id]) : [];
  if (row === undefined) throw portNotFound(id);
  return row;
}

export async function findHost(db: EntityManager, id: string): Promise<HostEntity> {
  const row = isUuid(id) ? await db.findOneBy(HostEntity, { id }) : null;
  if (row === null) throw hostNotFound(id);
  return row;
}
