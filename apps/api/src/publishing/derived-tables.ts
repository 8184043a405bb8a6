import { switchTable, type ClientId, exportTable, networkTable, syncClient, syncTable } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import {
  BucketDigests,
  type CheckAnswer,
  type CheckDifference,
  type CheckEntry,
  type DigestsAnswer,
  type PageLimit,
  type Position,
  type RowsAnswer,
  type SinceAnswer,
  type TableSource,
  hashFromBigint64Text,
  hashToHex,
} from '@l2gw/tables';
import { DataSource } from 'typeorm';
import { EPOCH_SQL } from './epoch.js';
import { type ContentRow, type TableRow, absentOf, cutToBytes, latestOf, opOf } from './table-content.js';

/** Answers readers from the derived rows in PostgreSQL; any replica can. */
@Injectable()
export class DerivedTables implements TableSource {
  constructor(private readonly dataSource: DataSource) {}

  async position(): Promise<Position> {
    const [row]: { epoch: string; revision: string }[] = await this.dataSource.query(
      `SELECT (${EPOCH_SQL}) AS epoch, (SELECT coalesce(max(revision), 0) FROM derived_table) AS revision`,
    );
    return { epoch: row?.epoch ?? '', revision: Number(row?.revision ?? 0) };
  }

  async check(entries: readonly CheckEntry[]): Promise<CheckAnswer> {
    const before = await this.position();
    const isAhead = entries.some((entry) => entry.epoch === before.epoch && entry.revision > before.revision);
    if (isAhead) await this.raiseEpoch(before.epoch);
    const position = isAhead ? await this.position() : before;
    const rows: { name: string; revision: string; digest: string; removed: boolean }[] = await this.dataSource.query(
      'SELECT name, revision, digest, removed FROM derived_table WHERE name = ANY ($1::text[])',
      [entries.map((entry) => entry.table)],
    );
    const tables = new Map(rows.map((row) => [row.name, row]));
    const differing = entries.flatMap((entry): CheckDifference[] => {
      const row = tables.get(entry.table);
      if (row === undefined) return [{ table: entry.table, state: 'unknown' }];
      const revision = Number(row.revision);
      if (row.removed) return [{ table: entry.table, state: 'removed', revision }];
      const digest = hashToHex(hashFromBigint64Text(row.digest));
      const same = entry.epoch === position.epoch && entry.revision === revision && entry.digest === digest;
      return same ? [] : [{ table: entry.table, state: 'present', revision, digest }];
    });
    return { ...position, differing };
  }

  async since(table: string, revision: number, limit: PageLimit): Promise<SinceAnswer> {
    const rows: (TableRow & ContentRow & { pruned: string })[] = await this.dataSource.query(
      `SELECT ${TABLE}, (SELECT pruned FROM table_epoch) AS pruned, content.*
       FROM derived_table LEFT JOIN LATERAL (
         (SELECT key, row, derived_row.revision AS row_revision FROM derived_row
          WHERE table_name || '' = name AND derived_row.revision > $2 ORDER BY derived_row.revision LIMIT $3)
         UNION ALL
         (SELECT key, NULL, dropped.revision FROM derived_drop AS dropped WHERE table_name = name AND dropped.revision > $2
            AND NOT EXISTS (SELECT FROM derived_row WHERE table_name = name AND key = dropped.key OFFSET 0)
          ORDER BY dropped.revision LIMIT $3)
         ORDER BY row_revision LIMIT $3) AS content ON true
       WHERE name = $1 ORDER BY row_revision`,
      [table, revision, limit.rows + 1],
    );
    const absent = absentOf(rows[0]);
    const [first] = rows;
    if (absent !== undefined || first === undefined) return absent ?? { state: 'unknown' };
    if (revision < Number(first.pruned))
      return { state: 'too-old', epoch: first.epoch, revision: Number(first.revision) };
    const page = cutToBytes(rows.filter((row) => row.key !== null).slice(0, limit.rows), limit.bytes);
    const more = page.length < rows.filter((row) => row.key !== null).length;
    const to = more ? Number(page.at(-1)?.row_revision) : Number(first.revision);
    return { state: 'ops', epoch: first.epoch, from: revision, to, ops: latestOf(page).map(opOf), more };
  }

  async digests(table: string): Promise<DigestsAnswer> {
    const rows: (TableRow & { bucket: number | null; hash: string })[] = await this.dataSource.query(
      `SELECT ${TABLE}, content.* FROM derived_table LEFT JOIN LATERAL (
         SELECT bucket, bit_xor(hash) AS hash FROM derived_row WHERE table_name = name GROUP BY bucket) AS content ON true
       WHERE name = $1`,
      [table],
    );
    const absent = absentOf(rows[0]);
    const [first] = rows;
    if (absent !== undefined || first === undefined) return absent ?? { state: 'unknown' };
    const digests = new BucketDigests();
    for (const row of rows) if (row.bucket !== null) digests.toggleIn(row.bucket, hashFromBigint64Text(row.hash));
    return { state: 'digests', epoch: first.epoch, revision: Number(first.revision), digests: digests.toHex() };
  }

  async bucket(table: string, bucket: number): Promise<RowsAnswer> {
    const rows: (TableRow & ContentRow)[] = await this.dataSource.query(
      `SELECT ${TABLE}, key, row FROM derived_table
       LEFT JOIN derived_row ON table_name || '/' || bucket::text = name || '/' || $2::text WHERE name = $1`,
      [table, bucket],
    );
    return rowsAnswer(rows, rows.length, Infinity);
  }

  async snapshot(table: string, cursor: string | undefined, limit: PageLimit): Promise<RowsAnswer> {
    const rows: (TableRow & ContentRow)[] = await this.dataSource.query(
      `SELECT ${TABLE}, content.* FROM derived_table LEFT JOIN LATERAL (
         SELECT key, row FROM derived_row WHERE table_name = name AND key > $2 ORDER BY key LIMIT $3) AS content ON true
       WHERE name = $1 ORDER BY key`,
      [table, cursor ?? '', limit.rows + 1],
    );
    return rowsAnswer(rows, limit.rows, limit.bytes);
  }

  /** A switch's agent may read the switch's table and those of the networks bound on the switch; remote-sync what is written for it. */
  async mayRead(client: string, tables: readonly string[]): Promise<ReadonlySet<string>> {
    if (client === syncClient) return new Set(tables.filter(isForSync));
    const own = switchTable.table(client as ClientId);
    const networks: { key: string }[] = await this.dataSource.query(
      `SELECT key FROM derived_row WHERE table_name = $1 AND key = ANY ($2::text[])`,
      [own, tables.filter((table) => table.startsWith('network/')).map((table) => table.slice('network/'.length))],
    );
    const allowed = new Set([own, ...networks.map((each) => networkTable.table(each.key))]);
    return new Set(tables.filter((table) => allowed.has(table)));
  }

  /** Once per epoch, however many readers prove it at once. */
  private async raiseEpoch(seen: string): Promise<void> {
    await this.dataSource.query('UPDATE table_epoch SET counter = counter + 1 WHERE counter = $1', [
      Number(seen.split('.').at(-1)),
    ]);
  }
}

const TABLE = `(${EPOCH_SQL}) AS epoch, derived_table.revision, removed`;

function isForSync(table: string): boolean {
  return table === syncTable.table || table.startsWith(exportTable.table(''));
}

function rowsAnswer(rows: readonly (TableRow & ContentRow)[], mostRows: number, mostBytes: number): RowsAnswer {
  const absent = absentOf(rows[0]);
  const [first] = rows;
  if (absent !== undefined || first === undefined) return absent ?? { state: 'unknown' };
  const present = rows.filter((row) => row.key !== null);
  const page = cutToBytes(present.slice(0, mostRows), mostBytes);
  const last = page.length < present.length ? page.at(-1)?.key : undefined;
  return {
    state: 'rows',
    epoch: first.epoch,
    revision: Number(first.revision),
    rows: page.map((row) => ({ key: row.key ?? '', row: JSON.parse(row.row ?? '{}') as object })),
    ...(last === undefined || last === null ? {} : { next: last }),
  };
}
