import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { notFound } from '../http/neutron-error.js';
import { type ConflictRow, SYNC_CONFLICTS } from './conflict.view.js';

/** Throws 404. */
export async function findConflict(db: EntityManager, id: string): Promise<ConflictRow> {
  const [row]: ConflictRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${SYNC_CONFLICTS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined)
    throw notFound('L2SyncConflictNotFound', `L2 Sync Conflict ${id} could not be found: it is over, or never was.`);
  return row;
}
