/** Results as text, in the format that was asked for. */
import type { Row } from '../api/row.js';
import { plainCell, readableCell, visible } from './cells.js';
import { toCsv } from './csv.js';
import { drawTable } from './table.js';
import { toYaml } from './yaml.js';

export const FORMATS = ['table', 'json', 'yaml', 'csv', 'value'] as const;
export type Format = (typeof FORMATS)[number];

export interface Style {
  readonly format: Format;
  /** 0: no limit. */
  readonly maxWidth: number;
}

export function renderList(rows: readonly Row[], columns: readonly string[], style: Style): string {
  const cells = (cell: (value: unknown) => string) => rows.map((row) => columns.map((name) => cell(row[name])));
  switch (style.format) {
    case 'table':
      return drawTable(columns.map(visible), cells(readableCell), style.maxWidth);
    case 'csv':
      return toCsv(columns, cells(plainCell));
    case 'value':
      return cells(plainCell)
        .map((row) => `${row.join(' ')}\n`)
        .join('');
    case 'json':
    case 'yaml':
      return structure(
        rows.map((row) => only(row, columns)),
        style.format,
      );
  }
}

export function renderObject(row: Row, columns: readonly string[], style: Style): string {
  switch (style.format) {
    case 'table':
      return drawTable(
        ['Field', 'Value'],
        columns.map((name) => [visible(name), readableCell(row[name])]),
        style.maxWidth,
      );
    case 'csv':
      return renderList([row], columns, style);
    case 'value':
      return columns.map((name) => `${plainCell(row[name])}\n`).join('');
    case 'json':
    case 'yaml':
      return structure(only(row, columns), style.format);
  }
}

function structure(value: unknown, format: 'json' | 'yaml'): string {
  return format === 'json' ? `${JSON.stringify(value, undefined, 2)}\n` : toYaml(value);
}

function only(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? null]));
}
