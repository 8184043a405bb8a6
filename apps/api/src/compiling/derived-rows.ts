import { type RevisedOp, bucketOf, canonicalJson, hashToBigint64Text, textHash } from '@l2gw/tables';
import { arrayText } from '../database/array-text.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Derivation, Derived } from './derivation.js';
import { inSlices } from './in-slices.js';
import { type WrittenTables, readTables, writeTables } from './table-positions.js';

interface StoredRow {
  readonly hash: string;
  readonly present: boolean;
}

interface ChangedRow extends Derived {
  /** Canonical JSON; undefined: it is dropped. */
  readonly text: string | undefined;
  readonly hash: string;
  readonly before: string | undefined;
  /** There never was one, nor is there a tombstone. */
  readonly isNew: boolean;
}

interface WrittenRow extends ChangedRow {
  readonly revision: number;
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
  const changed = [
    ...(await inSlices([...wanted.values()], (slice) => bringUpToDate(db, slice))),
    ...(await dropLeftOver(db, derivation.whole, wanted)),
  ];
  const ops = opsOf(changed);
  return writeTables(db, derivation, tables, {
    names: names.filter((name) => tables.has(name) || ops.has(name) || derivation.whole.includes(name)),
    changed,
    ops,
  });
}

const rowText = (row: { readonly table: string; readonly key: string }): string => `${row.table} ${row.key}`;

async function bringUpToDate(db: CompilerConnection, wanted: readonly Derived[]): Promise<readonly WrittenRow[]> {
  const stored = await readRows(db, wanted);
  return writeRows(
    db,
    wanted.flatMap((row, index) => changeOf(row, stored.get(index))),
  );
}

/** By their places in `wanted`. */
async function readRows(db: CompilerConnection, wanted: readonly Derived[]): Promise<ReadonlyMap<number, StoredRow>> {
  if (wanted.length === 0) return new Map();
  const rows = await db.query<StoredRow & { at: string }>(
    `SELECT at, hash, present FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (name, wanted_key, at) CROSS JOIN LATERAL (
       SELECT hash, row IS NOT NULL AS present FROM derived_row WHERE table_name = name AND key = wanted_key OFFSET 0) AS stored`,
    [arrayText(wanted.map((row) => row.table)), arrayText(wanted.map((row) => row.key))],
  );
  return new Map(rows.map((row) => [Number(row.at) - 1, row]));
}

function changeOf(row: Derived, stored: StoredRow | undefined): ChangedRow[] {
  const before = stored?.present === true ? stored.hash : undefined;
  const text = row.row === undefined ? undefined : canonicalJson(row.row);
  const hash = text === undefined ? undefined : hashToBigint64Text(textHash(row.key, text));
  return hash === before ? [] : [{ ...row, text, hash: hash ?? '0', before, isNew: stored === undefined }];
}

/** Of tables that were derived as a whole, what is stored and was not derived. */
async function dropLeftOver(
  db: CompilerConnection,
  whole: readonly string[],
  wanted: ReadonlyMap<string, Derived>,
): Promise<readonly WrittenRow[]> {
  if (whole.length === 0) return [];
  const rows = await db.query<{ table: string; key: string; hash: string }>(
    'SELECT table_name AS table, key, hash FROM derived_row WHERE table_name = ANY ($1::text[]) AND row IS NOT NULL',
    [whole],
  );
  const leftOver = rows.filter((row) => !wanted.has(rowText(row)));
  return inSlices(leftOver, (slice) =>
    writeRows(
      db,
      slice.map(({ table, key, hash }) => ({ table, key, text: undefined, hash: '0', before: hash, isNew: false })),
    ),
  );
}

async function writeRows(db: CompilerConnection, changed: readonly ChangedRow[]): Promise<readonly WrittenRow[]> {
  if (changed.length === 0) return [];
  const [fresh, known] = [changed.filter((each) => each.isNew), changed.filter((each) => !each.isNew)];
  const first = await takeRevisions(db, changed.length);
  await insertRows(db, fresh, first, '');
  await insertRows(db, known, first + fresh.length, OVER);
  return [...fresh, ...known].map((each, index) => ({ ...each, revision: first + index }));
}

function opsOf(written: readonly WrittenRow[]): ReadonlyMap<string, RevisedOp[]> {
  const ops = new Map<string, RevisedOp[]>();
  for (const { table, key, revision, row } of written) {
    const list = ops.get(table) ?? [];
    if (list.length === 0) ops.set(table, list);
    list.push(row === undefined ? { key, revision } : { key, revision, row });
  }
  for (const list of ops.values()) list.sort((a, b) => a.revision - b.revision);
  return ops;
}

/** The first of so many in a row. Whoever holds the compiler's lock is the only one who takes any. */
async function takeRevisions(db: CompilerConnection, count: number): Promise<number> {
  const [taken] = await db.query<{ last: string }>(
    "SELECT setval('revision_sequence', nextval('revision_sequence') + $1::bigint - 1) AS last",
    [count],
  );
  return Number(taken?.last) - count + 1;
}

/** Of rows that are new, the costlier half of the statement is left out. */
const OVER = `ON CONFLICT (table_name, key) DO UPDATE
  SET row = excluded.row, hash = excluded.hash, revision = excluded.revision, written_at = excluded.written_at`;

async function insertRows(
  db: CompilerConnection,
  rows: readonly ChangedRow[],
  first: number,
  over: string,
): Promise<void> {
  if (rows.length === 0) return;
  await db.query(
    `INSERT INTO derived_row (table_name, key, row, hash, bucket, revision, written_at)
     SELECT table_name, key, row, hash, bucket, $6::bigint + at - 1, now()
     FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::smallint[]) WITH ORDINALITY AS new (table_name, key, row, hash, bucket, at) ${over}`,
    [
      arrayText(rows.map((row) => row.table)),
      arrayText(rows.map((row) => row.key)),
      arrayText(rows.map((row) => row.text)),
      arrayText(rows.map((row) => row.hash)),
      arrayText(rows.map((row) => bucketOf(row.key))),
      first,
    ],
  );
}
