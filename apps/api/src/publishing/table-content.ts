import type { Absent, RowOp } from '@l2gw/tables';

/** What every answer about a table begins with. */
export interface TableRow {
  readonly epoch: string;
  readonly revision: string;
  readonly removed: boolean;
}

/** One derived row as it is stored, or a drop, without a row; without a key the table has none that was asked for. */
export interface ContentRow {
  readonly key: string | null;
  readonly row: string | null;
  readonly row_revision?: string;
}

/** Why there is nothing to answer about a table, if so. */
export function absentOf(table: TableRow | undefined): Absent | undefined {
  if (table === undefined) return { state: 'unknown' };
  return table.removed ? { state: 'removed', epoch: table.epoch, revision: Number(table.revision) } : undefined;
}

/** As many rows as fit into so many bytes, at least one. */
export function cutToBytes<Content extends ContentRow>(rows: readonly Content[], most: number): readonly Content[] {
  let bytes = 0;
  const end = rows.findIndex((row, index) => {
    bytes += (row.key?.length ?? 0) + (row.row?.length ?? 0) + 20;
    return bytes > most && index > 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

/** A key that was dropped more than once is told of once. */
export function latestOf<Content extends ContentRow>(rows: readonly Content[]): readonly Content[] {
  const latest = new Map(rows.map((row) => [row.key, row]));
  return rows.filter((row) => latest.get(row.key) === row);
}

export function opOf(row: ContentRow): RowOp {
  return row.row === null ? { key: row.key ?? '' } : { key: row.key ?? '', row: JSON.parse(row.row) as object };
}
