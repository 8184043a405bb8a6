import { type NetworkKey, parametersOf } from '../forwarding/candidates.js';
import { CONFLICT_KINDS, type Conflict, type ConflictKind } from '../forwarding/conflicts.js';
import type { CompilerConnection } from './compiler-connection.js';

/** Whether clouds agree on a MAC or an IP, which is the key's name. */
export interface Agreement extends NetworkKey {
  readonly conflict: Conflict | undefined;
}

/** A conflict that has begun or ended; without a text it has ended. */
export interface ConflictNews {
  readonly network_id: string;
  readonly subject: string;
  readonly kind: ConflictKind;
  readonly text?: string;
}

/** Remembers on what clouds do not agree. Answers what is new: a conflict that goes on is told once, however often it is looked at. */
export async function writeConflicts(
  db: CompilerConnection,
  agreements: readonly Agreement[],
): Promise<readonly ConflictNews[]> {
  const settled = agreements.filter(({ conflict }) => conflict === undefined);
  const open = agreements.flatMap(({ network, name, conflict }) =>
    conflict === undefined ? [] : [{ network, name, ...conflict }],
  );
  const ended = settled.length === 0 ? [] : await db.query<ConflictNews>(END, parametersOf(settled));
  const written = open.length === 0 ? [] : await db.query<Written>(WRITE, [JSON.stringify(open)]);
  const begun = written.filter((each) => each.begins).map(({ begins: _, ...news }) => news);
  return [...ended, ...begun];
}

/** Those of them on which clouds did not agree when they were looked at last. */
export async function disputedAmong(
  db: CompilerConnection,
  macs: readonly NetworkKey[],
): Promise<readonly NetworkKey[]> {
  return macs.length === 0 ? [] : db.query<NetworkKey>(DISPUTED, parametersOf(macs));
}

const DISPUTED = `
  SELECT network, name FROM unnest($1::uuid[], $2::text[]) AS asked (network, name)
  CROSS JOIN LATERAL (SELECT FROM sync_conflict WHERE network_id = network AND subject = name OFFSET 0) AS open`;

const END = `
  DELETE FROM sync_conflict USING unnest($1::uuid[], $2::text[]) AS settled (network, name)
  WHERE network_id = network AND subject = name RETURNING network_id, subject, kind`;

type Written = ConflictNews & { readonly begins: boolean };

const WRITE = `
  INSERT INTO sync_conflict (network_id, subject, kind, text, claims)
  SELECT network, name, kind, text, claims FROM jsonb_to_recordset($1::jsonb) AS new (network uuid, name text, kind text, text text, claims jsonb)
  ON CONFLICT (network_id, subject) DO UPDATE SET kind = excluded.kind, text = excluded.text, claims = excluded.claims,
    since = CASE WHEN sync_conflict.kind = excluded.kind THEN sync_conflict.since ELSE now() END
    WHERE (sync_conflict.kind, sync_conflict.text, sync_conflict.claims) IS DISTINCT FROM (excluded.kind, excluded.text, excluded.claims)
  RETURNING network_id, subject, kind, text, since = now() AS begins`;

/** How many conflicts there are of each kind. */
export async function countConflicts(db: CompilerConnection): Promise<ReadonlyMap<ConflictKind, number>> {
  const rows = await db.query<{ kind: ConflictKind; count: string }>(
    'SELECT kind, count(*) AS count FROM sync_conflict GROUP BY kind',
  );
  return new Map(CONFLICT_KINDS.map((kind) => [kind, Number(rows.find((row) => row.kind === kind)?.count ?? 0)]));
}

/** What clouds do not agree on in these networks, as settled: nobody else has anything to do with them any more. */
export async function openConflictsOf(
  db: CompilerConnection,
  networks: readonly string[],
): Promise<readonly Agreement[]> {
  if (networks.length === 0) return [];
  const open = await db.query<NetworkKey>(
    'SELECT network_id AS network, subject AS name FROM sync_conflict WHERE network_id = ANY ($1::uuid[])',
    [networks],
  );
  return open.map((each) => ({ ...each, conflict: undefined }));
}
