import type { Candidate } from '../forwarding/select-best.js';
import { arrayText } from '../database/array-text.js';
import { type NetworkKey, keyText, parametersOf } from '../forwarding/candidates.js';
import { macConflict } from '../forwarding/conflicts.js';
import { type MacMoves, movesAfter, sequenced } from '../forwarding/mac-moves.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Agreement } from './conflict-rows.js';

type Candidates = ReadonlyMap<string, readonly Candidate[]>;

interface StoredMoves extends NetworkKey {
  readonly own: string | null;
  readonly theirs: string | null;
  readonly claim: string;
  readonly claimed: boolean;
  readonly owner: string | null;
  readonly stable: string | null;
  readonly moves: readonly string[];
  readonly is_frozen: boolean;
  readonly frozen_until: string | null;
  readonly freezes: number;
}

export interface SequencedMacs {
  readonly candidates: Candidates;
  /** Of each MAC that was looked at. */
  readonly agreements: readonly Agreement[];
}

/**
 * Looks how these MACs of networks that are shared have moved, remembers it, and gives the candidates the sequences that they have by
 * that. Within the round's transaction: nobody else writes it.
 */
export async function withSequences(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
  candidates: Candidates,
): Promise<SequencedMacs> {
  if (keys.length === 0) return { candidates, agreements: [] };
  const now = Date.now();
  const before = await readMoves(db, keys);
  const unique = [...new Map(keys.map((key) => [keyText(key), key]))];
  const after = unique.map(([text, key]) => {
    const moves = movesAfter(before.get(text), candidates.get(text) ?? [], { mac: key.name, now });
    const isFrozenNow = moves.isFrozen && before.get(text)?.isFrozen !== true;
    const competing = sequenced(candidates.get(text) ?? [], moves);
    return { key, text, moves, competing, isFrozenNow, isNew: !areSame(before.get(text), moves) };
  });
  await writeMoves(
    db,
    after.filter((each) => each.isNew),
  );
  return {
    candidates: new Map([...candidates, ...after.map(({ text, competing }) => [text, competing] as const)]),
    agreements: after.map(({ key, moves, competing }) => ({
      ...key,
      conflict: macConflict(key.name, competing, moves),
    })),
  };
}

/** Of networks that are not shared any more: what is remembered of them is kept as long as if nobody claimed anything there. */
export async function retireSequences(db: CompilerConnection, networks: readonly string[]): Promise<void> {
  if (networks.length === 0) return;
  await db.query(
    "UPDATE mac_sequence SET claimed = false, is_frozen = false, moves = '{}', seen_at = now() WHERE claimed AND network_id = ANY ($1::uuid[])",
    [networks],
  );
}

async function readMoves(db: CompilerConnection, keys: readonly NetworkKey[]): Promise<ReadonlyMap<string, MacMoves>> {
  const rows = await db.query<StoredMoves>(
    `SELECT network, name, own, theirs, claim, claimed, owner, stable, moves, is_frozen, frozen_until, freezes FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name)
     CROSS JOIN LATERAL (SELECT * FROM mac_sequence WHERE network_id = network AND mac = name OFFSET 0) AS known`,
    parametersOf(keys),
  );
  return new Map(rows.map((row) => [keyText(row), movesOf(row)]));
}

function movesOf(row: StoredMoves): MacMoves {
  const number = (text: string | null) => (text === null ? undefined : Number(text));
  return {
    own: number(row.own),
    theirs: number(row.theirs),
    claim: BigInt(row.claim),
    claimed: row.claimed,
    owner: row.owner ?? undefined,
    stable: row.stable ?? undefined,
    moves: row.moves.map(Number),
    isFrozen: row.is_frozen,
    frozenUntil: number(row.frozen_until),
    freezes: row.freezes,
  };
}

/** What nobody has ever claimed need not be remembered. */
function areSame(before: MacMoves | undefined, after: MacMoves): boolean {
  if (before === undefined) return !after.claimed;
  const settled = (['owner', 'isFrozen'] as const).every((name) => before[name] === after[name]);
  return settled && (['own', 'theirs', 'claim', 'claimed'] as const).every((name) => before[name] === after[name]);
}

interface Changed {
  readonly key: NetworkKey;
  readonly moves: MacMoves;
  readonly isFrozenNow: boolean;
}

/** A freeze that was ended meanwhile, by an operator or by time, stays ended. */
async function writeMoves(db: CompilerConnection, changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return;
  await db.query(
    `INSERT INTO mac_sequence (network_id, mac, own, theirs, claim, claimed, owner, stable, moves, is_frozen, frozen_until, freezes)
     SELECT network, mac, own, theirs, claim, claimed, owner, stable, moves::bigint[], frozen_now, frozen_until, freezes
     FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[], $7::text[], $8::text[], $9::text[],
       $10::boolean[], $11::bigint[], $12::integer[])
       AS new (network, mac, own, theirs, claim, claimed, owner, stable, moves, frozen_now, frozen_until, freezes)
     ON CONFLICT (network_id, mac) DO UPDATE SET own = excluded.own, theirs = excluded.theirs, claim = excluded.claim,
       claimed = excluded.claimed, seen_at = now(), owner = excluded.owner, stable = excluded.stable, moves = excluded.moves,
       is_frozen = excluded.is_frozen OR mac_sequence.is_frozen, frozen_until = excluded.frozen_until, freezes = excluded.freezes`,
    [...parametersOf(changed.map(({ key }) => key)), ...COLUMNS.map((valueOf) => arrayText(changed.map(valueOf)))],
  );
}

/** From `own` on. */
const COLUMNS: readonly ((changed: Changed) => string | number | boolean | undefined)[] = [
  ({ moves }) => moves.own,
  ({ moves }) => moves.theirs,
  ({ moves }) => moves.claim.toString(),
  ({ moves }) => moves.claimed,
  ({ moves }) => moves.owner,
  ({ moves }) => moves.stable,
  ({ moves }) => arrayText(moves.moves),
  ({ isFrozenNow }) => isFrozenNow,
  ({ moves }) => moves.frozenUntil,
  ({ moves }) => moves.freezes,
];
