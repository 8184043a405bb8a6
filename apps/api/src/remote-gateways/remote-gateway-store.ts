import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import { REMOTE_CONNECTIONS, type RemoteConnectionRow } from './remote-connection-store.js';
import type { RemoteGatewayEntity } from './remote-gateway.entity.js';

/** A remote gateway with the connections that lead to it. */
export interface RemoteGatewayRow extends RemoteGatewayEntity {
  readonly connections: readonly RemoteConnectionRow[];
}

/** Remote gateways with their connections, as one relation. */
export const REMOTE_GATEWAYS = `(
  SELECT remote_gateway.*, (
    SELECT coalesce(jsonb_agg(to_jsonb(way)), '[]') FROM ${REMOTE_CONNECTIONS} AS way
    WHERE way.remote_gateway_id = remote_gateway.id) AS connections
  FROM remote_gateway
)`;

export const remoteGatewayNotFound = (id: string): NeutronError =>
  notFound('L2RemoteGatewayNotFound', `L2 Remote Gateway ${id} could not be found.`);

export async function findRemoteGateway(db: EntityManager, id: string): Promise<RemoteGatewayRow> {
  const [row]: RemoteGatewayRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${REMOTE_GATEWAYS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw remoteGatewayNotFound(id);
  return row;
}

/** To change it, or to decide on what leads to it: one at a time. */
export async function lockRemoteGateway(db: EntityManager, id: string): Promise<RemoteGatewayEntity> {
  const [row]: RemoteGatewayEntity[] = isUuid(id)
    ? await db.query('SELECT * FROM remote_gateway WHERE id = $1 FOR UPDATE', [id])
    : [];
  if (row === undefined) throw remoteGatewayNotFound(id);
  return row;
}
