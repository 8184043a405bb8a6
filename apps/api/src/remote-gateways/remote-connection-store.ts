import type { EntityManager } from 'typeorm';
import type { SwitchState } from '../connections/connection-status.js';
import { CONNECTIONS, type ConnectionRow } from '../connections/connection-store.js';
import { type Life, switchStatesOf } from '../connections/switch-states.js';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, conflict, notFound } from '../http/neutron-error.js';
import { type SwitchTunnel, isTunnelDown, tunnelsTo } from '../switches/tunnel-down.js';
import type { RemoteConnectionEntity } from './remote-connection.entity.js';

/** A remote gateway connection with what is known of it on the switches that have it. */
export interface RemoteConnectionRow extends RemoteConnectionEntity {
  readonly ipaddr: string;
  /** The network's VNI over there. */
  readonly vni: number;
  readonly switches: ConnectionRow['switches'];
  readonly tunnels: readonly SwitchTunnel[];
}

/** Remote gateway connections with the states of their switches, as one relation. */
export const REMOTE_CONNECTIONS = `(
  SELECT stretch.*, remote_gateway.ipaddr, coalesce(stretch.segmentation_id, vni.vni) AS vni, connected.switches,
    ${tunnelsTo('stretch', 'remote_gateway.ipaddr')} AS tunnels
  FROM remote_gateway_connection AS stretch
  JOIN remote_gateway ON remote_gateway.id = stretch.remote_gateway_id
  JOIN vni ON vni.network_id = stretch.network_id
  JOIN ${CONNECTIONS} AS connected ON connected.network_id = stretch.network_id AND connected.l2_gateway_id = stretch.l2_gateway_id
)`;

export const remoteConnectionNotFound = (id: string): NeutronError =>
  notFound('L2RemoteGatewayConnectionNotFound', `L2 Remote Gateway Connection ${id} could not be found.`);

export async function findRemoteConnection(db: EntityManager, id: string): Promise<RemoteConnectionRow> {
  const [row]: RemoteConnectionRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${REMOTE_CONNECTIONS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw remoteConnectionNotFound(id);
  return row;
}

/**
 * The connection of this id; or, as the inter-cloud specification once says, the one to the remote gateway of this id. Throws 409 if
 * several lead there.
 */
export async function lockRemoteConnection(db: EntityManager, id: string): Promise<RemoteConnectionEntity> {
  const rows: RemoteConnectionEntity[] = isUuid(id)
    ? await db.query(
        'SELECT * FROM remote_gateway_connection WHERE id = $1 OR remote_gateway_id = $1 ORDER BY id FOR UPDATE',
        [id],
      )
    : [];
  const [row, ...others] = rows;
  if (row === undefined) throw remoteConnectionNotFound(id);
  if (others.length > 0) {
    throw conflict(
      'L2RemoteGatewayConnectionAmbiguous',
      `Several connections lead to remote gateway ${id}; name one of them: ${rows.map((each) => each.id).join(', ')}.`,
    );
  }
  return row;
}

/** What its switches say: of the network as a whole, and of this way out of it. */
export function remoteStatesOf(row: RemoteConnectionRow, life: Life): readonly SwitchState[] {
  const wanted = { connection: row.id, vtep: row.ipaddr, vni: row.vni, flood: row.flood };
  const isAsked = (remotes: readonly object[] | null): boolean =>
    remotes?.some((each) => Object.entries(wanted).every(([name, value]) => Reflect.get(each, name) === value)) ??
    false;
  return switchStatesOf(row, life, row.id).map((state, index) => ({
    ...state,
    faults: [...state.faults, ...tunnelFaults(row, state.switch)],
    ...(isAsked(row.switches[index]?.remotes ?? null) ? {} : { wanted: undefined }),
  }));
}

function tunnelFaults({ tunnels, ipaddr }: RemoteConnectionRow, switchName: string): readonly string[] {
  return tunnels
    .filter((each) => each.switch === switchName && isTunnelDown(each.tunnel))
    .map(({ tunnel }) => `TUNNEL_DOWN nothing passes to ${ipaddr}: ${tunnel.fault || 'BFD says down'}`);
}
