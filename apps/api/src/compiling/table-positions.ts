import {
  Digest,
  type Position,
  type RevisedOp,
  type TableDelta,
  hashFromBigint64Text,
  hashFromHex,
  hashToBigint64Text,
} from '@l2gw/tables';
import { EPOCH_SQL } from '../publishing/epoch.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Derivation } from './derivation.js';
import type { Revisions } from './revisions.js';

/** The tables that a round has changed. */
export interface WrittenTables {
  readonly deltas: readonly TableDelta[];
  /** Absent if nothing was written. */
  readonly position?: Position;
}

export interface StoredTable {
  readonly name: string;
  readonly revision: string;
  readonly digest: string;
  readonly removed: boolean;
}

/** A row that was written or dropped; hashes are bigints of PostgreSQL. */
export interface ChangedHash {
  readonly table: string;
  readonly hash: string;
  /** Undefined: it was not there before. */
  readonly before: string | undefined;
  /** Undefined: it is not there any more. */
  readonly text: string | undefined;
}

export async function readTables(
  db: CompilerConnection,
  names: readonly string[],
): Promise<ReadonlyMap<string, StoredTable>> {
  const rows = await db.query<StoredTable>(
    'SELECT name, revision, digest, removed FROM derived_table WHERE name = ANY ($1::text[])',
    [names],
  );
  return new Map(rows.map((row) => [row.name, row]));
}

export interface Written {
  /** As they were. */
  readonly tables: ReadonlyMap<string, StoredTable>;
  readonly names: readonly string[];
  readonly changed: readonly ChangedHash[];
  readonly ops: ReadonlyMap<string, readonly RevisedOp[]>;
}

/** Moves the tables' revisions and digests along; a table that appears or goes takes a revision of its own. */
export async function writeTables(
  db: CompilerConnection,
  revisions: Revisions,
  derivation: Derivation,
  { tables, names, changed, ops }: Written,
): Promise<WrittenTables> {
  const digests = new Map(names.map((name) => [name, digestFrom(tables.get(name))]));
  for (const { table, before, hash, text } of changed) {
    if (before !== undefined) digests.get(table)?.toggle(hashFromBigint64Text(before));
    if (text !== undefined) digests.get(table)?.toggle(hashFromBigint64Text(hash));
  }
  const moved = names.filter(
    (name) =>
      ops.has(name) ||
      (tables.get(name)?.removed !== derivation.removed.includes(name) && derivation.whole.includes(name)),
  );
  if (moved.length === 0) return { deltas: [] };
  const others = moved.filter((name) => !ops.has(name));
  const first = await revisions.take(others.length);
  const digestOf = (name: string) => digests.get(name)?.hex() ?? '';
  const written = await db.query<{ name: string; revision: string; epoch: string }>(
    `INSERT INTO derived_table (name, revision, digest, removed)
     SELECT name, revision, digest, removed FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[]) AS new (name, revision, digest, removed)
     ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, digest = excluded.digest,
       removed = CASE WHEN derived_table.name = ANY ($5::text[]) THEN excluded.removed ELSE derived_table.removed END
     RETURNING name, revision, (${EPOCH_SQL}) AS epoch`,
    [
      moved,
      moved.map((name) => ops.get(name)?.at(-1)?.revision ?? first + others.indexOf(name)),
      moved.map((name) => hashToBigint64Text(hashFromHex(digestOf(name)))),
      moved.map((name) => derivation.removed.includes(name)),
      derivation.whole,
    ],
  );
  const deltas = written.map(({ name, revision }) => ({
    table: name,
    from: Number(tables.get(name)?.revision ?? 0),
    to: Number(revision),
    ops: ops.get(name) ?? [],
    digest: digestOf(name),
  }));
  return {
    deltas,
    position: { epoch: written[0]?.epoch ?? '', revision: Math.max(...deltas.map((delta) => delta.to)) },
  };
}

function digestFrom(table: StoredTable | undefined): Digest {
  const digest = new Digest();
  if (table !== undefined) digest.toggle(hashFromBigint64Text(table.digest));
  return digest;
}
