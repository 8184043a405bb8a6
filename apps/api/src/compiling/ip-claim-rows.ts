import { arrayText } from '../database/array-text.js';
import { type NetworkKey, parametersOf } from '../forwarding/candidates.js';
import type { IpClaim } from '../forwarding/ip-claims.js';
import type { IpMoves } from '../forwarding/ip-moves.js';
import type { Settling } from '../forwarding/settling.js';
import type { CompilerConnection } from './compiler-connection.js';

/** What is stored of the IPs of shared networks; every function works on whole sets. `name` of a key is the IP. */
export interface StoredIp extends NetworkKey {
  readonly moves: IpMoves;
  /** The MACs that claim it and were not told to have it. */
  readonly withheld: ReadonlySet<string>;
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
  readonly gone_at: string | null;
  readonly withheld: boolean;
  readonly is_claimed: boolean;
  readonly settling: (Omit<Settling, 'owner' | 'stable' | 'frozenUntil'> & Nullable) | null;
}

interface Nullable {
  readonly owner: string | null;
  readonly stable: string | null;
  readonly frozenUntil: number | null;
}

/** What is known of these IPs. */
export async function readIps(db: CompilerConnection, ips: readonly NetworkKey[]): Promise<readonly StoredIp[]> {
  if (ips.length === 0) return [];
  const groups = new Map<string, StoredClaim[]>();
  for (const row of await db.query<StoredClaim>(READ, parametersOf(ips))) {
    const text = `${row.network} ${row.name}`;
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [row]);
    else group.push(row);
  }
  return [...groups.values()].flatMap((group) => (group[0] === undefined ? [] : [storedIp(group[0], group)]));
}

function storedIp({ network, name, settling }: StoredClaim, group: readonly StoredClaim[]): StoredIp {
  return {
    network,
    name,
    moves: { claims: group.map(claimOf), settling: settling === null ? undefined : settlingOf(settling) },
    withheld: new Set(group.filter((each) => each.withheld).map((each) => each.mac)),
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
    isClaimed: row.is_claimed,
    ...(row.gone_at === null ? {} : { goneAt: Number(row.gone_at) }),
  };
}

function settlingOf({ owner, stable, frozenUntil, ...rest }: NonNullable<StoredClaim['settling']>): Settling {
  return { ...rest, owner: owner ?? undefined, stable: stable ?? undefined, frozenUntil: frozenUntil ?? undefined };
}

/**
 * Looked up one by one (`OFFSET 0`). A MAC claims an IP if the switches are told so, or if it is withheld: that
 * is what the compiler has made of the facts, so it need not be stored again.
 */
const READ = `
  SELECT network, name, claim.*, withheld OR coalesce((SELECT row::jsonb -> 'ips' ? name FROM derived_row
      WHERE table_name = 'network/' || network AND key = 'mac/' || claim.mac), false) AS is_claimed, (
    SELECT jsonb_build_object('owner', owner, 'stable', stable, 'moves', moves, 'isFrozen', is_frozen, 'frozenUntil', frozen_until, 'freezes', freezes)
    FROM ip_settling WHERE network_id = network AND ip = name) AS settling
  FROM unnest($1::uuid[], $2::text[]) AS asked (network, name) CROSS JOIN LATERAL (
    SELECT mac, cloud, is_ours, is_stated, is_immutable, is_router, sequence, claim, gone_at, withheld FROM ip_claim
    WHERE network_id = network AND ip = name OFFSET 0) AS claim`;

/** A claim with the IP it is on; `undefined`: it is forgotten. */
export interface ChangedClaim extends NetworkKey {
  readonly mac: string;
  readonly claim: IpClaim | undefined;
  readonly isWithheld: boolean;
}

type KeptClaim = ChangedClaim & { readonly claim: IpClaim };

/** What was judged of the MACs that claim these IPs does not hold any more. To be called before their claims are written. */
export async function forgetJudged(db: CompilerConnection, ips: readonly NetworkKey[]): Promise<void> {
  if (ips.length > 0) await db.query(FORGET_JUDGED, parametersOf(ips));
}

const FORGET_JUDGED = `
  UPDATE mac_sequence AS claiming SET judged = NULL
  FROM unnest($1::uuid[], $2::text[]) AS changed (network, name) JOIN ip_claim ON network_id = network AND ip = name
  WHERE claiming.network_id = network AND claiming.mac = ip_claim.mac AND judged IS NOT NULL`;

export async function writeIpClaims(db: CompilerConnection, changed: readonly ChangedClaim[]): Promise<void> {
  const kept = changed.filter((each): each is KeptClaim => each.claim !== undefined);
  const gone = changed.filter((each) => each.claim === undefined);
  if (kept.length > 0)
    await db.query(WRITE, [...parametersOf(kept), ...COLUMNS.map((valueOf) => arrayText(kept.map(valueOf)))]);
  if (gone.length === 0) return;
  await db.query(
    `DELETE FROM ip_claim USING unnest($1::uuid[], $2::text[], $3::text[]) AS gone (network, name, station)
     WHERE network_id = network AND ip = name AND mac = station`,
    [...parametersOf(gone), arrayText(gone.map((each) => each.mac))],
  );
}

const WRITE = `
  INSERT INTO ip_claim (network_id, ip, mac, cloud, is_ours, is_stated, is_immutable, is_router, sequence, claim, gone_at, withheld)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::boolean[], $8::boolean[],
    $9::bigint[], $10::bigint[], $11::bigint[], $12::boolean[])
  ON CONFLICT (network_id, ip, mac) DO UPDATE SET cloud = excluded.cloud, is_ours = excluded.is_ours, is_stated = excluded.is_stated,
    is_immutable = excluded.is_immutable, is_router = excluded.is_router, sequence = excluded.sequence, claim = excluded.claim,
    gone_at = excluded.gone_at, withheld = excluded.withheld`;

/** From `mac` on. */
const COLUMNS: readonly ((changed: KeptClaim) => string | number | boolean | undefined)[] = [
  ({ mac }) => mac,
  ({ claim }) => claim.cloud,
  ({ claim }) => claim.isOurs,
  ({ claim }) => claim.isStated,
  ({ claim }) => claim.isImmutable,
  ({ claim }) => claim.isRouter,
  ({ claim }) => claim.sequence,
  ({ claim }) => claim.claim.toString(),
  ({ claim }) => claim.goneAt,
  ({ isWithheld }) => isWithheld,
];

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
    `UPDATE ip_claim SET withheld = false, gone_at = extract(epoch FROM now()) * 1000
     WHERE (gone_at IS NULL OR withheld) AND network_id = ANY ($1::uuid[])`,
    [networks],
  );
  await db.query("UPDATE ip_settling SET is_frozen = false, moves = '{}' WHERE network_id = ANY ($1::uuid[])", [
    networks,
  ]);
}
