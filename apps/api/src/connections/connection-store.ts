import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import type { ConnectionEntity } from './connection.entity.js';
import { type SwitchColumns, switchColumns } from './switch-states.js';

/** The reference's text, with its two blanks and without the id. */
export const connectionNotFound = (): NeutronError =>
  notFound('L2GatewayConnectionNotFound', 'The connection  not found on the l2 gateway');

/** A connection with what is known of it on its switches. */
export interface ConnectionRow extends ConnectionEntity {
  readonly switches: readonly SwitchColumns[];
}

/** Connections with the states of their switches, as one relation. */
export const CONNECTIONS = `(
  SELECT connection.*, ${switchColumns('connection.network_id', 'binding.connection_id = connection.id')} AS switches
  FROM l2_gateway_connection AS connection
)`;

export async function findConnection(db: EntityManager, id: string): Promise<ConnectionRow> {
  const [row]: ConnectionRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${CONNECTIONS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw connectionNotFound();
  return row;
}

export async function lockConnection(db: EntityManager, id: string): Promise<ConnectionEntity> {
  const [row]: ConnectionEntity[] = isUuid(id)
    ? await db.query('SELECT * FROM l2_gateway_connection WHERE id = $1 FOR UPDATE', [id])
    : [];
  if (row === undefined) throw connectionNotFound();
  return row;
}
