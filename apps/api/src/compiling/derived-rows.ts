import { type RevisedOp, bucketOf, canonicalJson, hashToBigint64Text, textHash } from '@l2gw/tables';
import { arrayText } from '../database/array-text.js';
import type { Mark } from '../database/facts.js';
import { groupAt, wantedIn } from '../forwarding/wanted.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Derivation, Derived } from './derivation.js';
import { inSlices } from '../database/in-slices.js';
import type { Revisions } from './revisions.js';
import { type WrittenTables, readTables, writeTables } from './table-positions.js';

interface StoredRow {
  readonly hash: string;
  /** Where PostgreSQL has it (`ctid`): it stays there, for nobody but the compiler writes derived rows. */
  readonly place: string;
}

interface ChangedRow extends Mark {
  readonly row: object | undefined;
  /** Canonical JSON; undefined: it is dropped. */
  readonly text: string | undefined;
  readonly hash: string;
  /** The hash that it had; undefined: it is new. */
  readonly before: string | undefined;
  readonly place: string | undefined;
}

/**
 * Writes the derived rows that are not yet stored as they should be, each with the next revision, and returns what was written as
 * deltas that can be published once the transaction has committed.
 */
export async function writeDerived(
  db: CompilerConnection,
  revisions: Revisions,
  derivation: Derivation,
): Promise<WrittenTables> {
  const names = [...new Set([...derivation.rows.map((row) => row.table), ...derivation.whole])];
  const wanted = new Map(derivation.rows.map((row) => [rowText(row), row]));
  const [tables, differing, leftOver] = await Promise.all([
    readTables(db, names),
    inSlices([...wanted], (slice) => differingAmong(db, slice)),
    leftOverOf(db, derivation.whole, wanted),
  ]);
  const changed = [...differing, ...leftOver];
  const fresh = changed.filter((each) => each.before === undefined);
  const others = changed.filter((each) => each.before !== undefined && each.text !== undefined);
  const gone = changed.filter((each) => each.text === undefined);
  const first = await revisions.take(changed.length);
  const ops = opsOf([...fresh, ...others, ...gone], first);
  const [written] = await Promise.all([
    writeTables(db, revisions, derivation, {
      tables,
      names: names.filter((name) => tables.has(name) || ops.has(name) || derivation.whole.includes(name)),
      changed,
      ops,
    }),
    inSlices(fresh, (slice, at) => insertRows(db, slice, first + at, '')),
    inSlices(others, (slice, at) => insertRows(db, slice, first + fresh.length + at, OVER)),
    inSlices(gone, (slice, at) => dropRows(db, slice, first + fresh.length + others.length + at)),
  ]);
  return written;
}

const rowText = (row: { readonly table: string; readonly key: string }): string => `${row.table} ${row.key}`;

async function differingAmong(
  db: CompilerConnection,
  wanted: readonly (readonly [text: string, row: Derived])[],
): Promise<readonly ChangedRow[]> {
  const stored = await readRows(
    db,
    wanted.map(([, row]) => row),
  );
  return wanted.flatMap(([text, row]) => changeOf(row, stored.get(text)));
}

/** By their texts. */
async function readRows(db: CompilerConnection, rows: readonly Derived[]): Promise<ReadonlyMap<string, StoredRow>> {
  if (rows.length === 0) return new Map();
  const wanted = wantedIn(rows.map(({ table, key }) => [table, key]));
  const stored = await db.query<StoredRow & { at: string; key: string }>(
    `SELECT at, key, hash, place FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (name, keys, at) CROSS JOIN LATERAL (
       SELECT key, hash, ctid AS place FROM derived_row WHERE table_name = name AND key = ANY (keys::text[]) OFFSET 0) AS stored`,
    wanted.parameters,
  );
  return new Map(stored.map((row) => [rowText({ table: groupAt(wanted, row.at), key: row.key }), row]));
}

function changeOf({ table, key, row }: Derived, stored: StoredRow | undefined): ChangedRow[] {
  const text = row === undefined ? undefined : canonicalJson(row);
  const hash = text === undefined ? undefined : hashToBigint64Text(textHash(key, text));
  if (hash === stored?.hash) return [];
  return [{ table, key, row, text, hash: hash ?? '0', before: stored?.hash, place: stored?.place }];
}

/** Of tables that were derived as a whole, what is stored and was not derived. */
async function leftOverOf(
  db: CompilerConnection,
  whole: readonly string[],
  wanted: ReadonlyMap<string, Derived>,
): Promise<readonly ChangedRow[]> {
  if (whole.length === 0) return [];
  const rows = await db.query<StoredRow & { table: string; key: string }>(
    'SELECT table_name AS table, key, hash, ctid AS place FROM derived_row WHERE table_name = ANY ($1::text[])',
    [whole],
  );
  return rows.filter((row) => !wanted.has(rowText(row))).flatMap((row) => changeOf(row, row));
}

/** By their tables, with the revisions from the first on. */
function opsOf(changed: readonly ChangedRow[], first: number): ReadonlyMap<string, RevisedOp[]> {
  const ops = new Map<string, RevisedOp[]>();
  for (const [at, { table, key, row, text }] of changed.entries()) {
    const list = ops.get(table) ?? [];
    if (list.length === 0) ops.set(table, list);
    const revision = first + at;
    list.push(row === undefined || text === undefined ? { key, revision } : { key, revision, row, text });
  }
  return ops;
}

/** Of rows that are new, the costlier half of the statement is left out. */
const OVER = `ON CONFLICT (table_name, key) DO UPDATE
  SET row = excluded.row, hash = excluded.hash, revision = excluded.revision, since = excluded.since`;

async function insertRows(
  db: CompilerConnection,
  rows: readonly ChangedRow[],
  first: number,
  over: string,
): Promise<readonly object[]> {
  return db.query(
    `INSERT INTO derived_row (table_name, key, row, hash, bucket, revision, since)
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

async function dropRows(
  db: CompilerConnection,
  rows: readonly ChangedRow[],
  first: number,
): Promise<readonly object[]> {
  return db.query(
    `WITH gone AS (DELETE FROM derived_row WHERE ctid = ANY ($3::tid[]))
     INSERT INTO derived_drop (table_name, key, revision, dropped_at)
     SELECT table_name, key, $4::bigint + at - 1, now() FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS gone (table_name, key, at)`,
    [
      arrayText(rows.map((row) => row.table)),
      arrayText(rows.map((row) => row.key)),
      arrayText(rows.map((row) => row.place)),
      first,
    ],
  );
}
