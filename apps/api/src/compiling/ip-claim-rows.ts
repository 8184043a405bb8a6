import type { NetworkKey } from '../forwarding/candidates.js';
import type { IpClaim } from '../forwarding/ip-claims.js';
import type { IpMoves } from '../forwarding/ip-moves.js';
import type { Settling } from '../forwarding/settling.js';
import type { CompilerConnection } from './compiler-connection.js';

/** What is stored of the IPs of shared networks; every function works on whole sets. `name` of a key is the IP. */
export interface StoredIp extends NetworkKey {
  readonly moves: IpMoves;
  /** The MACs that were told to have it: one or none, but for those of which the compiler has not thought since. */
  readonly holders: ReadonlySet<string>;
}

interface StoredClaim extends NetworkKey {
  readonly mac: string;
  readonly cloud: string;
  readonly is_ours: boolean;
  readonly is_stated: boolean;
  readonly is_immutable: boolean;
  readonly is_router: boolean;
  readonly sequence: string;
  readonly claim: string;
  readonly claimed: boolean;
  readonly holds: boolean;
  readonly settling: (Omit<Settling, 'owner' | 'stable' | 'frozenUntil'> & Nullable) | null;
}

interface Nullable {
  readonly owner: string | null;
  readonly stable: string | null;
  readonly frozenUntil: number | null;
}

/** What is known of these IPs, and of those that these MACs had. */
export async function readIps(
  db: CompilerConnection,
  ips: readonly NetworkKey[],
  macs: readonly NetworkKey[],
): Promise<readonly StoredIp[]> {
  const rows = await db.query<StoredClaim>(READ, [...columnsOf(ips), ...columnsOf(macs)]);
  const groups = new Map<string, StoredClaim[]>();
  for (const row of rows) {
    const text = `${row.network} ${row.name}`;
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [storedIp(group[0], group)]));
}

function storedIp({ network, name, settling }: StoredClaim, group: readonly StoredClaim[]): StoredIp {
  return {
    network,
    name,
    moves: { claims: group.map(claimOf), settling: settling === null ? undefined : settlingOf(settling) },
    holders: new Set(group.filter((each) => each.holds).map((each) => each.mac)),
  };
}

function claimOf(row: StoredClaim): IpClaim {
  return {
    mac: row.mac,
    cloud: row.cloud,
    isOurs: row.is_ours,
    isStated: row.is_stated,
    isImmutable: row.is_immutable,
    isRouter: row.is_router,
    sequence: Number(row.sequence),
    claim: BigInt(row.claim),
    isClaimed: row.claimed,
  };
}

function settlingOf({ owner, stable, frozenUntil, ...rest }: NonNullable<StoredClaim['settling']>): Settling {
  return { ...rest, owner: owner ?? undefined, stable: stable ?? undefined, frozenUntil: frozenUntil ?? undefined };
}

const columnsOf = (keys: readonly NetworkKey[]): readonly [readonly string[], readonly string[]] => [
  keys.map((key) => key.network),
  keys.map((key) => key.name),
];

/** Looked up one by one (`OFFSET 0`), as the candidates are. */
const READ = `
  WITH asked AS (
    SELECT network, name FROM unnest($1::uuid[], $2::text[]) AS said (network, name)
    UNION
    SELECT network, had.ip FROM unnest($3::uuid[], $4::text[]) AS wanted (network, name)
    CROSS JOIN LATERAL (SELECT ip FROM ip_claim WHERE network_id = network AND mac = wanted.name OFFSET 0) AS had
  )
  SELECT network, name, claim.*, (
    SELECT jsonb_build_object('owner', owner, 'stable', stable, 'moves', moves, 'isFrozen', is_frozen, 'frozenUntil', frozen_until, 'freezes', freezes)
    FROM ip_settling WHERE network_id = network AND ip = name) AS settling
  FROM asked CROSS JOIN LATERAL (
    SELECT mac, cloud, is_ours, is_stated, is_immutable, is_router, sequence, claim, claimed, holds FROM ip_claim
    WHERE network_id = network AND ip = name OFFSET 0) AS claim`;

/** A claim with the IP it is on; `undefined`: it is forgotten. */
export interface ChangedClaim extends NetworkKey {
  readonly mac: string;
  readonly claim: IpClaim | undefined;
  readonly holds: boolean;
}

export async function writeIpClaims(db: CompilerConnection, changed: readonly ChangedClaim[]): Promise<void> {
  const kept = changed.filter((each) => each.claim !== undefined);
  const gone = changed.filter((each) => each.claim === undefined);
  if (kept.length > 0) {
    await db.query(WRITE, [
      ...columnsOf(kept),
      kept.map((each) => each.mac),
      JSON.stringify(kept.map(({ claim, holds }) => ({ ...claim, claim: String(claim?.claim), holds }))),
    ]);
  }
  if (gone.length === 0) return;
  await db.query(
    `DELETE FROM ip_claim USING unnest($1::uuid[], $2::text[], $3::text[]) AS gone (network, name, station)
     WHERE network_id = network AND ip = name AND mac = station`,
    [...columnsOf(gone), gone.map((each) => each.mac)],
  );
}

const WRITE = `
  INSERT INTO ip_claim (network_id, ip, mac, cloud, is_ours, is_stated, is_immutable, is_router, sequence, claim, claimed, holds)
  SELECT network, name, new.mac, new.cloud, "isOurs", "isStated", "isImmutable", "isRouter", sequence, claim, "isClaimed", holds
  FROM ROWS FROM (unnest($1::uuid[]), unnest($2::text[]), unnest($3::text[]), jsonb_to_recordset($4::jsonb) AS (cloud text, "isOurs" boolean,
    "isStated" boolean, "isImmutable" boolean, "isRouter" boolean, sequence bigint, claim bigint, "isClaimed" boolean, holds boolean))
    AS new (network, name, mac, cloud, "isOurs", "isStated", "isImmutable", "isRouter", sequence, claim, "isClaimed", holds)
  ON CONFLICT (network_id, ip, mac) DO UPDATE SET cloud = excluded.cloud, is_ours = excluded.is_ours, is_stated = excluded.is_stated,
    is_immutable = excluded.is_immutable, is_router = excluded.is_router, sequence = excluded.sequence, claim = excluded.claim, claimed = excluded.claimed,
    holds = excluded.holds, seen_at = now()`;

export interface ChangedSettling extends NetworkKey {
  readonly settling: Settling;
  readonly isFrozenNow: boolean;
}

/** A freeze that was ended meanwhile, by an operator or by time, stays ended. */
export async function writeSettlings(db: CompilerConnection, changed: readonly ChangedSettling[]): Promise<void> {
  if (changed.length === 0) return;
  await db.query(SETTLE, [
    JSON.stringify(
      changed.map(({ network, name, settling, isFrozenNow }) => ({ ...settling, network, name, isFrozenNow })),
    ),
  ]);
}

const SETTLE = `
  INSERT INTO ip_settling (network_id, ip, owner, stable, moves, is_frozen, frozen_until, freezes)
  SELECT network, name, owner, stable, ARRAY(SELECT jsonb_array_elements_text(moves)::bigint), "isFrozenNow", "frozenUntil", freezes
  FROM jsonb_to_recordset($1::jsonb) AS new (network uuid, name text, owner text, stable text, moves jsonb, "isFrozenNow" boolean,
    "frozenUntil" bigint, freezes integer)
  ON CONFLICT (network_id, ip) DO UPDATE SET owner = excluded.owner, stable = excluded.stable, moves = excluded.moves,
    is_frozen = excluded.is_frozen OR ip_settling.is_frozen, frozen_until = excluded.frozen_until, freezes = excluded.freezes`;

/** Of networks that are not shared any more: what is remembered of them is kept as long as if nobody claimed anything there. */
export async function retireIps(db: CompilerConnection, networks: readonly string[]): Promise<void> {
  if (networks.length === 0) return;
  await db.query(
    'UPDATE ip_claim SET claimed = false, holds = false, seen_at = now() WHERE claimed AND network_id = ANY ($1::uuid[])',
    [networks],
  );
  await db.query("UPDATE ip_settling SET is_frozen = false, moves = '{}' WHERE network_id = ANY ($1::uuid[])", [
    networks,
  ]);
}
