import {
  BucketDigests,
  type KeyedRow,
  bucketOf,
  canonicalJson,
  hashFromBigint64Text,
  hashToBigint64Text,
  textHash,
} from '@l2gw/tables';
import type { EntityManager } from 'typeorm';
import { arrayText } from '../database/array-text.js';
import { isUnderstood } from './understood.js';

/** The rows of pushed tables in PostgreSQL; every function works on whole sets of rows. */

/**
 * Writes the rows that differ from what is stored and returns their keys. What nobody understands is kept as an empty row: its hash makes
 * both ends agree that it has arrived, and it says nothing. The table's mark must be locked.
 */
export async function upsertRows(
  db: EntityManager,
  table: string,
  rows: readonly KeyedRow[],
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const written = rows.map(({ key, row }) => {
    const text = canonicalJson(row);
    const hash = hashToBigint64Text(textHash(key, text));
    return { key, text: isUnderstood(table, key, row) ? text : '{}', hash, bucket: bucketOf(key) };
  });
  const parameters = [
    table,
    arrayText(written.map((row) => row.key)),
    arrayText(written.map((row) => row.text)),
    arrayText(written.map((row) => row.hash)),
    arrayText(written.map((row) => row.bucket)),
  ];
  const [{ inserted }]: [{ inserted: number }] = await db.query(ALL_NEW, parameters);
  if (inserted > 0) return written.map(({ key }) => key);
  const changed: { key: string }[] = await db.query(OVER, parameters);
  return changed.map(({ key }) => key);
}

const INSERT = `INSERT INTO pushed_row (table_name, key, row, hash, bucket) SELECT $1, key, row::jsonb, hash, bucket
  FROM unnest($2::text[], $3::text[], $4::bigint[], $5::smallint[]) AS new (key, row, hash, bucket)`;
/** None of them if one is known: mostly all are or none is, and it costs a quarter more to be prepared for conflicts. */
const ALL_NEW = `WITH inserted AS (${INSERT} WHERE NOT EXISTS (SELECT FROM pushed_row WHERE table_name = $1 AND key = ANY ($2)) RETURNING 1)
  SELECT count(*)::integer AS inserted FROM inserted`;
const OVER = `${INSERT} ON CONFLICT (table_name, key) DO UPDATE SET row = excluded.row, hash = excluded.hash
  WHERE pushed_row.hash <> excluded.hash RETURNING key`;

/** Deletes the rows and returns the keys of those that were there. */
export async function deleteKeys(
  db: EntityManager,
  table: string,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const [deleted]: [{ key: string }[], number] = await db.query(
    'DELETE FROM pushed_row WHERE table_name = $1 AND key = ANY ($2::text[]) RETURNING key',
    [table, keys],
  );
  return deleted.map((each) => each.key);
}

export async function keysOfBucket(db: EntityManager, table: string, bucket: number): Promise<readonly string[]> {
  const rows: { key: string }[] = await db.query(
    `SELECT key FROM pushed_row
     WHERE hashtextextended(table_name, bucket) = hashtextextended($1, $2) AND (table_name || '', bucket) = ($1, $2)`,
    [table, bucket],
  );
  return rows.map((row) => row.key);
}

export async function digestsOf(db: EntityManager, table: string): Promise<BucketDigests> {
  const rows: { bucket: number; digest: string }[] = await db.query(
    'SELECT bucket, bit_xor(hash) AS digest FROM pushed_row WHERE table_name = $1 GROUP BY bucket',
    [table],
  );
  const digests = new BucketDigests();
  for (const row of rows) digests.toggleIn(row.bucket, hashFromBigint64Text(row.digest));
  return digests;
}
