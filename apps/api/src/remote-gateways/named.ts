import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, conflict } from '../http/neutron-error.js';

/** The id of what somebody calls by its id or its name. Throws `missing` if there is none of that name, 409 if there are several. */
export async function idOf(
  db: EntityManager,
  table: 'l2_gateway' | 'network' | 'remote_gateway',
  idOrName: string,
  missing: (idOrName: string) => NeutronError,
): Promise<string> {
  if (isUuid(idOrName)) return idOrName;
  const found: { id: string }[] = await db.query(`SELECT id FROM ${table} WHERE name = $1 ORDER BY id LIMIT 10`, [
    idOrName,
  ]);
  const [first, ...others] = found;
  if (first === undefined || idOrName === '') throw missing(idOrName);
  if (others.length > 0) {
    throw conflict(
      'NotUniqueMatch',
      `Multiple matches exist for the name '${idOrName}': give one of the ids ${found.map((each) => each.id).join(', ')}.`,
    );
  }
  return first.id;
}
