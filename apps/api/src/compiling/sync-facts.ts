import type { NetworkKey } from '../forwarding/candidates.js';
import { keyText } from '../forwarding/candidates.js';
import type { SyncPeerEntity } from '../sync/peer.entity.js';
import type { SharedNetwork } from './compile-sync.js';
import type { CompilerConnection } from './compiler-connection.js';
import { stretchedNetworksOf } from './stretch-facts.js';

/** Undefined: this cloud has none. */
export async function cloudIdOf(db: CompilerConnection): Promise<string | undefined> {
  const [cloud] = await db.query<{ id: string }>('SELECT id FROM cloud');
  return cloud?.id;
}

/** The peers of these ids, or all of them. */
export async function peersOf(
  db: CompilerConnection,
  ids: readonly string[] | 'all',
): Promise<ReadonlyMap<string, SyncPeerEntity>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<SyncPeerEntity>('SELECT * FROM sync_peer WHERE $1 OR id = ANY ($2::uuid[])', [
    ids === 'all',
    ids === 'all' ? [] : ids,
  ]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those of these networks that are shared with a peer. */
export async function sharedAmong(db: CompilerConnection, networks: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ network_id: string }>(
    'SELECT DISTINCT network_id FROM sync_stretch WHERE network_id = ANY ($1::uuid[])',
    [networks],
  );
  return new Set(rows.map((row) => row.network_id));
}

export interface WantedStretches {
  readonly ids: readonly string[];
  /** All stretches of these networks. */
  readonly networks: readonly string[];
  readonly all: boolean;
}

/** Stretches by the ids of their connections. */
export async function sharedNetworksOf(
  db: CompilerConnection,
  { ids, networks, all }: WantedStretches,
): Promise<ReadonlyMap<string, SharedNetwork>> {
  if (ids.length === 0 && networks.length === 0 && !all) return new Map();
  const rows = await db.query<NetworkKey & Omit<SharedNetwork, 'vtep' | 'vni' | 'borders'>>(STRETCHES, [
    ids,
    networks,
    all,
  ]);
  const stretched = await stretchedNetworksOf(db, rows);
  return new Map(
    rows.flatMap((row) => {
      const facts = stretched.get(keyText(row));
      return facts === undefined ? [] : [[row.name, { ...row, ...facts }] as const];
    }),
  );
}

const STRETCHES = `
  SELECT stretch.id::text AS name, stretch.network_id AS network, peer_id AS peer, flood,
    ARRAY(SELECT cidr::text FROM subnet WHERE subnet.network_id = stretch.network_id) AS subnets,
    ARRAY(SELECT mac_address FROM port WHERE port.network_id = stretch.network_id AND device_owner LIKE 'network:%router%') AS "routerMacs"
  FROM sync_stretch AS stretch JOIN remote_gateway_connection AS connection USING (id)
  WHERE $3 OR stretch.id = ANY ($1::uuid[]) OR stretch.network_id = ANY ($2::uuid[])`;
