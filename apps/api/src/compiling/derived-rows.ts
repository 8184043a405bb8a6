import {
  Digest,
  type Position,
  type RevisedOp,
  type TableDelta,
  bucketOf,
  canonicalJson,
  hashFromBigint64Text,
  hashFromHex,
  hashToBigint64Text,
  rowHash,
} from '@l2gw/tables';
import { arrayText } from '../database/array-text.js';
import { EPOCH_SQL } from '../publishing/epoch.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Derivation, Derived } from './derivation.js';

export interface WrittenTables {
  readonly deltas: readonly TableDelta[];
  /** Absent if nothing was written. */
  readonly position?: Position;
}

interface StoredTable {
  readonly name: string;
  readonly revision: string;
  readonly digest: string;
  readonly removed: boolean;
}

interface StoredRow {
  readonly table: string;
  readonly key: string;
  readonly hash: string;
  readonly present: boolean;
}

interface ChangedRow extends Derived {
  readonly hash: string;
  readonly before: string | undefined;
}

/**
 * Writes the derived rows that are not yet stored as they should be, each with the next revision, and returns what was written as
 * deltas that can be published once the transaction has committed.
 */
export async function writeDerived(db: CompilerConnection, derivation: Derivation): Promise<WrittenTables> {
  const names = [...new Set([...derivation.rows.map((row) => row.table), ...derivation.whole])];
  const tables = await readTables(db, names);
  const known = (row: Derived) =>
    tables.has(row.table) || row.row !== undefined || derivation.whole.includes(row.table);
  const wanted = new Map(derivation.rows.filter(known).map((row) => [rowText(row), row]));
  const stored = await readRows(db, [...wanted.values()], derivation.whole);
  for (const row of stored.values())
    if (!wanted.has(rowText(row))) wanted.set(rowText(row), { table: row.table, key: row.key });
  const changed = [...wanted.values()].flatMap((row) => changeOf(row, stored.get(rowText(row))));
  const ops = await writeRows(db, changed);
  return writeTables(db, derivation, tables, {
    names: names.filter((name) => tables.has(name) || ops.has(name) || derivation.whole.includes(name)),
    changed,
    ops,
  });
}

const rowText = (row: { readonly table: string; readonly key: string }): string => `${row.table} ${row.key}`;

async function readTables(db: CompilerConnection, names: readonly string[]): Promise<ReadonlyMap<string, StoredTable>> {
  const rows = await db.query<StoredTable>(
    'SELECT name, revision, digest, removed FROM derived_table WHERE name = ANY ($1::text[])',
    [names],
  );
  return new Map(rows.map((row) => [row.name, row]));
}

async function readRows(
  db: CompilerConnection,
  wanted: readonly Derived[],
  whole: readonly string[],
): Promise<ReadonlyMap<string, StoredRow>> {
  const rows = await db.query<StoredRow>(
    `SELECT stored.* FROM unnest($1::text[], $2::text[]) AS wanted (table_name, key) CROSS JOIN LATERAL (
       SELECT table_name AS table, key, hash, row IS NOT NULL AS present FROM derived_row
       WHERE table_name = wanted.table_name AND key = wanted.key OFFSET 0) AS stored
     UNION ALL
     SELECT table_name, key, hash, true FROM derived_row WHERE table_name = ANY ($3::text[]) AND row IS NOT NULL`,
    [arrayText(wanted.map((row) => row.table)), arrayText(wanted.map((row) => row.key)), whole],
  );
  return new Map(rows.map((row) => [rowText(row), row]));
}

function changeOf(row: Derived, stored: StoredRow | undefined): ChangedRow[] {
  const before = stored?.present === true ? stored.hash : undefined;
  const hash = row.row === undefined ? undefined : hashToBigint64Text(rowHash(row.key, row.row));
  return hash === before ? [] : [{ ...row, hash: hash ?? '0', before }];
}

async function writeRows(
  db: CompilerConnection,
  changed: readonly ChangedRow[],
): Promise<ReadonlyMap<string, RevisedOp[]>> {
  const ops = new Map<string, RevisedOp[]>();
  if (changed.length === 0) return ops;
  const written = await db.query<{ table: string; key: string; revision: string }>(
    `INSERT INTO derived_row (table_name, key, row, hash, bucket, revision, written_at)
     SELECT table_name, key, row, hash, bucket, nextval('revision_sequence'), now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::smallint[]) AS new (table_name, key, row, hash, bucket)
     ON CONFLICT (table_name, key) DO UPDATE
       SET row = excluded.row, hash = excluded.hash, revision = excluded.revision, written_at = excluded.written_at
     RETURNING table_name AS table, key, revision`,
    [
      arrayText(changed.map((row) => row.table)),
      arrayText(changed.map((row) => row.key)),
      arrayText(changed.map((row) => (row.row === undefined ? undefined : canonicalJson(row.row)))),
      arrayText(changed.map((row) => row.hash)),
      arrayText(changed.map((row) => bucketOf(row.key))),
    ],
  );
  const rowOf = new Map(changed.map((row) => [rowText(row), row.row]));
  for (const { table, key, revision } of written) {
    const row = rowOf.get(rowText({ table, key }));
    const list = ops.get(table) ?? [];
    list.push({ key, revision: Number(revision), ...(row === undefined ? {} : { row }) });
    ops.set(table, list);
  }
  for (const list of ops.values()) list.sort((a, b) => a.revision - b.revision);
  return ops;
}

interface Written {
  readonly names: readonly string[];
  readonly changed: readonly ChangedRow[];
  readonly ops: ReadonlyMap<string, readonly RevisedOp[]>;
}

/** Moves the tables' revisions and digests along; a table that appears or goes takes a revision of its own. */
async function writeTables(
  db: CompilerConnection,
  derivation: Derivation,
  tables: ReadonlyMap<string, StoredTable>,
  { names, changed, ops }: Written,
): Promise<WrittenTables> {
  const digests = new Map(names.map((name) => [name, digestFrom(tables.get(name))]));
  for (const { table, before, hash, row } of changed) {
    if (before !== undefined) digests.get(table)?.toggle(hashFromBigint64Text(before));
    if (row !== undefined) digests.get(table)?.toggle(hashFromBigint64Text(hash));
  }
  const moved = names.filter(
    (name) =>
      ops.has(name) ||
      (tables.get(name)?.removed !== derivation.removed.includes(name) && derivation.whole.includes(name)),
  );
  if (moved.length === 0) return { deltas: [] };
  const digestOf = (name: string) => digests.get(name)?.hex() ?? '';
  const written = await db.query<{ name: string; revision: string; epoch: string }>(
    `INSERT INTO derived_table (name, revision, digest, removed)
     SELECT name, coalesce(revision, nextval('revision_sequence')), digest, removed
     FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[]) AS new (name, revision, digest, removed)
     ON CONFLICT (name) DO UPDATE SET revision = excluded.revision, digest = excluded.digest,
       removed = CASE WHEN derived_table.name = ANY ($5::text[]) THEN excluded.removed ELSE derived_table.removed END
     RETURNING name, revision, (${EPOCH_SQL}) AS epoch`,
    [
      moved,
      moved.map((name) => ops.get(name)?.at(-1)?.revision ?? null),
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
