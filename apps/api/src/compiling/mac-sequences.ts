import { arrayText } from '../database/array-text.js';
import { type NetworkKey, keyText, parametersOf } from '../forwarding/candidates.js';
import { macConflict } from '../forwarding/conflicts.js';
import { type MacMoves, movesAfter, sequenced } from '../forwarding/mac-moves.js';
import type { Candidate } from '../forwarding/select-best.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Agreement } from './conflict-rows.js';

/** What is stored of a MAC of a shared network. */
interface StoredMac {
  readonly moves: MacMoves;
  /** IPs of which a claim of this MAC is stored, in order; perhaps some of which none is any more. */
  readonly ips: readonly string[];
}

/** A MAC of a shared network as it is now. */
export interface SequencedMac {
  readonly key: NetworkKey;
  readonly before: StoredMac | undefined;
  readonly moves: MacMoves;
  /** With the sequences that they have by that. */
  readonly candidates: readonly Candidate[];
}

/** Looks how these MACs of networks that are shared have moved. */
export async function sequencedMacs(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): Promise<readonly SequencedMac[]> {
  if (keys.length === 0) return [];
  const now = Date.now();
  const unique = new Map(keys.map((key) => [keyText(key), key]));
  const stored = await readMacs(db, [...unique.values()]);
  return [...unique].map(([text, key]) => {
    const [before, said] = [stored.get(text), candidates.get(text) ?? []];
    const moves = movesAfter(before?.moves, said, { mac: key.name, now });
    return { key, before, moves, candidates: sequenced(said, moves) };
  });
}

/** Whether clouds agree on the MAC. */
export function agreementOn({ key, moves, candidates }: SequencedMac): Agreement {
  return { ...key, conflict: macConflict(key.name, candidates, moves) };
}

/** Remembers what has become of them. Within the round's transaction: nobody else writes it. */
export async function writeSequences(
  db: CompilerConnection,
  macs: readonly SequencedMac[],
  ips: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const changed = macs
    .map((mac) => ({ ...mac, ips: ips.get(keyText(mac.key)) ?? [] }))
    .filter(({ before, moves, ips }) => !areSame(before, { moves, ips }));
  if (changed.length === 0) return;
  await db.query(WRITE, [
    ...parametersOf(changed.map(({ key }) => key)),
    ...COLUMNS.map((valueOf) => arrayText(changed.map(valueOf))),
  ]);
}

/** Of networks that are not shared any more: what is remembered of them is kept as long as if nobody claimed anything there. */
export async function retireSequences(db: CompilerConnection, networks: readonly string[]): Promise<void> {
  if (networks.length === 0) return;
  await db.query(
    `UPDATE mac_sequence SET gone_at = extract(epoch FROM now()) * 1000, is_frozen = false, moves = '{}'
     WHERE (gone_at IS NULL OR is_frozen) AND network_id = ANY ($1::uuid[])`,
    [networks],
  );
}

interface StoredRow extends NetworkKey {
  readonly own: string | null;
  readonly theirs: string | null;
  readonly claim: string;
  readonly gone_at: string | null;
  readonly owner: string | null;
  readonly stable: string | null;
  readonly moves: readonly string[] | null;
  readonly is_frozen: boolean;
  readonly frozen_until: string | null;
  readonly freezes: number;
  /** JSON. */
  readonly ips: readonly string[];
}

async function readMacs(db: CompilerConnection, keys: readonly NetworkKey[]): Promise<ReadonlyMap<string, StoredMac>> {
  const rows = await db.query<StoredRow>(READ, parametersOf(keys));
  return new Map(rows.map((row) => [keyText(row), { moves: movesOf(row), ips: row.ips }]));
}

const READ = `
  SELECT network, name, own, theirs, claim, gone_at, owner, stable, nullif(moves, '{}') AS moves, is_frozen, frozen_until, freezes, ips
  FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name)
  CROSS JOIN LATERAL (SELECT * FROM mac_sequence WHERE network_id = network AND mac = name OFFSET 0) AS known`;

function movesOf(row: StoredRow): MacMoves {
  const number = (text: string | null) => (text === null ? undefined : Number(text));
  return {
    own: number(row.own),
    theirs: number(row.theirs),
    claim: BigInt(row.claim),
    goneAt: number(row.gone_at),
    owner: row.owner ?? undefined,
    stable: row.stable ?? undefined,
    moves: (row.moves ?? []).map(Number),
    isFrozen: row.is_frozen,
    frozenUntil: number(row.frozen_until),
    freezes: row.freezes,
  };
}

const COMPARED = ['own', 'theirs', 'claim', 'goneAt', 'owner', 'isFrozen'] as const;

/** What nobody has ever claimed need not be remembered. */
function areSame(before: StoredMac | undefined, after: StoredMac): boolean {
  if (before === undefined) return after.moves.goneAt !== undefined && after.ips.length === 0;
  return COMPARED.every((name) => before.moves[name] === after.moves[name]) && areEqual(before.ips, after.ips);
}

function areEqual(before: readonly string[], after: readonly string[]): boolean {
  return before.length === after.length && before.every((each, index) => each === after[index]);
}

/**
 * A freeze that was ended meanwhile, by an operator or by time, stays ended. What was judged of a MAC that is only withdrawn holds when it
 * comes back.
 */
const WRITE = `
  INSERT INTO mac_sequence (network_id, mac, own, theirs, claim, gone_at, owner, stable, moves, is_frozen, frozen_until, freezes, ips)
  SELECT network, mac, own, theirs, claim, gone_at, owner, stable, coalesce(moves::bigint[], '{}'), frozen_now, frozen_until, freezes, ips::jsonb
  FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::text[], $9::text[],
    $10::boolean[], $11::bigint[], $12::integer[], $13::text[])
    AS new (network, mac, own, theirs, claim, gone_at, owner, stable, moves, frozen_now, frozen_until, freezes, ips)
  ON CONFLICT (network_id, mac) DO UPDATE SET own = excluded.own, theirs = excluded.theirs, claim = excluded.claim,
    gone_at = excluded.gone_at, owner = excluded.owner, stable = excluded.stable, moves = excluded.moves,
    is_frozen = excluded.is_frozen OR mac_sequence.is_frozen, frozen_until = excluded.frozen_until, freezes = excluded.freezes, ips = excluded.ips,
    judged = CASE WHEN (mac_sequence.own, mac_sequence.theirs, mac_sequence.claim, mac_sequence.owner, mac_sequence.is_frozen, mac_sequence.ips)
      IS NOT DISTINCT FROM (excluded.own, excluded.theirs, excluded.claim, excluded.owner, excluded.is_frozen, excluded.ips) THEN mac_sequence.judged END`;

type Changed = SequencedMac & StoredMac;

/** From `own` on. */
const COLUMNS: readonly ((changed: Changed) => string | number | boolean | undefined)[] = [
  ({ moves }) => moves.own,
  ({ moves }) => moves.theirs,
  ({ moves }) => moves.claim.toString(),
  ({ moves }) => moves.goneAt,
  ({ moves }) => moves.owner,
  ({ moves }) => moves.stable,
  ({ moves }) => (moves.moves.length === 0 ? undefined : arrayText(moves.moves)),
  ({ moves, before }) => moves.isFrozen && before?.moves.isFrozen !== true,
  ({ moves }) => moves.frozenUntil,
  ({ moves }) => moves.freezes,
  ({ ips }) => JSON.stringify(ips),
];
