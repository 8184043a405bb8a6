import { IS_ROUTER } from '../inventory/router-port.js';
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

/** Networks that are shared with peers. */
export interface SharedNetworks {
  readonly all: ReadonlySet<string>;
  /** Those in which clouds did not agree on something when it was looked at last: hardly ever any. */
  readonly disputed: ReadonlySet<string>;
}

const NONE: SharedNetworks = { all: new Set(), disputed: new Set() };

export async function sharedAmong(db: CompilerConnection, networks: readonly string[]): Promise<SharedNetworks> {
  if (networks.length === 0) return NONE;
  const rows = await db.query<{ network: string; disputed: boolean }>(SHARED, [networks]);
  const idsOf = (shared: typeof rows) => new Set(shared.map(({ network }) => network));
  return { all: idsOf(rows), disputed: idsOf(rows.filter(({ disputed }) => disputed)) };
}

const SHARED = `
  SELECT network, EXISTS (SELECT FROM sync_conflict WHERE network_id = network) AS disputed FROM unnest($1::uuid[]) AS network
  WHERE EXISTS (SELECT FROM sync_stretch WHERE network_id = network)`;

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
    ARRAY(SELECT mac_address FROM port WHERE port.network_id = stretch.network_id AND ${IS_ROUTER}) AS "routerMacs"
  FROM sync_stretch AS stretch JOIN remote_gateway_connection AS connection USING (id)
  WHERE $3 OR stretch.id = ANY ($1::uuid[]) OR stretch.network_id = ANY ($2::uuid[])`;
