import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';

/** A remote MAC, and whether the network's table leads to it. */
export interface RemoteMacRow {
  readonly id: string;
  readonly connection_id: string;
  readonly network_id: string;
  readonly mac: string;
  readonly ipaddr: string;
  readonly project_id: string;
  readonly created_at: Date;
  /** `shadowed`: the operator has stated the MAC behind another connection, too, and that one is used. */
  readonly state: 'active' | 'pending' | 'shadowed';
}

/** Remote MACs with their states, as one relation. */
export const REMOTE_MACS = `(
  SELECT remote_mac.*, CASE
    WHEN derived.row LIKE '%"connection":"' || connection_id || '"%' THEN 'active'
    WHEN EXISTS (SELECT FROM remote_mac AS other WHERE other.network_id = remote_mac.network_id AND other.mac = remote_mac.mac
      AND other.connection_id < remote_mac.connection_id) THEN 'shadowed'
    ELSE 'pending' END AS state
  FROM remote_mac LEFT JOIN derived_row AS derived
    ON derived.table_name = 'network/' || remote_mac.network_id AND derived.key = 'mac/' || remote_mac.mac
)`;

export const remoteMacNotFound = (id: string): NeutronError =>
  notFound('L2RemoteMacNotFound', `L2 Remote MAC ${id} could not be found.`);

export async function findRemoteMac(db: EntityManager, id: string): Promise<RemoteMacRow> {
  const [row]: RemoteMacRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${REMOTE_MACS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw remoteMacNotFound(id);
  return row;
}
