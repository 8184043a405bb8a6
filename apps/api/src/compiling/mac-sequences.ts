import type { Candidate } from '../forwarding/select-best.js';
import { type NetworkKey, keyText } from '../forwarding/candidates.js';
import { type MacMoves, movesAfter, sequenced } from '../forwarding/mac-moves.js';
import type { CompilerConnection } from './compiler-connection.js';

type Candidates = ReadonlyMap<string, readonly Candidate[]>;

interface StoredMoves extends NetworkKey {
  readonly own: string | null;
  readonly theirs: string | null;
  readonly claim: string;
  readonly claimed: boolean;
}

/**
 * Looks how these MACs of networks that are shared have moved, remembers it, and gives the candidates the sequences that they have by
 * that. Within the round's transaction: nobody else writes it.
 */
export async function withSequences(
  db: CompilerConnection,
  keys: readonly NetworkKey[],
  candidates: Candidates,
): Promise<Candidates> {
  if (keys.length === 0) return candidates;
  const before = await readMoves(db, keys);
  const unique = [...new Map(keys.map((key) => [keyText(key), key]))];
  const after = unique.map(([text, key]) => {
    const moves = movesAfter(before.get(text), candidates.get(text) ?? []);
    return { key, text, moves, isNew: !areSame(before.get(text), moves) };
  });
  await writeMoves(
    db,
    after.filter((each) => each.isNew),
  );
  return new Map([
    ...candidates,
    ...after.map(({ text, moves }) => [text, sequenced(candidates.get(text) ?? [], moves)] as const),
  ]);
}

/** Of networks that are not shared any more: what is remembered of them is kept as long as if nobody claimed anything there. */
export async function retireSequences(db: CompilerConnection, networks: readonly string[]): Promise<void> {
  if (networks.length === 0) return;
  await db.query(
    'UPDATE mac_sequence SET claimed = false, seen_at = now() WHERE claimed AND network_id = ANY ($1::uuid[])',
    [networks],
  );
}

async function readMoves(db: CompilerConnection, keys: readonly NetworkKey[]): Promise<ReadonlyMap<string, MacMoves>> {
  const rows = await db.query<StoredMoves>(
    `SELECT network, name, own, theirs, claim, claimed FROM unnest($1::uuid[], $2::text[]) AS wanted (network, name)
     CROSS JOIN LATERAL (SELECT * FROM mac_sequence WHERE network_id = network AND mac = name OFFSET 0) AS moves`,
    [keys.map((key) => key.network), keys.map((key) => key.name)],
  );
  return new Map(rows.map((row) => [keyText(row), movesOf(row)]));
}

function movesOf({ own, theirs, claim, claimed }: StoredMoves): MacMoves {
  const number = (text: string | null) => (text === null ? undefined : Number(text));
  return { own: number(own), theirs: number(theirs), claim: BigInt(claim), claimed };
}

/** What nobody has ever claimed need not be remembered. */
function areSame(before: MacMoves | undefined, after: MacMoves): boolean {
  if (before === undefined) return !after.claimed;
  return (['own', 'theirs', 'claim', 'claimed'] as const).every((name) => before[name] === after[name]);
}

async function writeMoves(
  db: CompilerConnection,
  changed: readonly { readonly key: NetworkKey; readonly moves: MacMoves }[],
): Promise<void> {
  if (changed.length === 0) return;
  await db.query(
    `INSERT INTO mac_sequence (network_id, mac, own, theirs, claim, claimed)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[])
     ON CONFLICT (network_id, mac) DO UPDATE SET own = excluded.own, theirs = excluded.theirs, claim = excluded.claim,
       claimed = excluded.claimed, seen_at = now()`,
    [
      changed.map(({ key }) => key.network),
      changed.map(({ key }) => key.name),
      changed.map(({ moves }) => moves.own ?? null),
      changed.map(({ moves }) => moves.theirs ?? null),
      changed.map(({ moves }) => moves.claim.toString()),
      changed.map(({ moves }) => moves.claimed),
    ],
  );
}
