/** Splits CSV into rows (RFC 4180), each with the line on which it starts. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** A quotation mark that is never closed, or text behind one that is. */
  readonly broken: boolean;
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
const REST_OF_LINE = /[^\r\n]*(\r?\n|\r|$)/y;

export function csvRows(text: string): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  let [position, line] = [0, 1];
  while (position < text.length) {
    const { cells, end, broken } = readRow(text, position);
    rows.push({ line, cells, broken });
    line += lineBreaks(text.slice(position, end));
    position = end;
  }
  return rows;
}

function readRow(text: string, start: number): Omit<CsvRow, 'line'> & { readonly end: number } {
  const cells: string[] = [];
  for (let position = start; ;) {
    CELL.lastIndex = position;
    const match = CELL.exec(text);
    if (match === null) {
      REST_OF_LINE.lastIndex = position;
      REST_OF_LINE.exec(text);
      return { cells, end: REST_OF_LINE.lastIndex, broken: true };
    }
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    position = CELL.lastIndex;
    if (match[3] !== ',') return { cells, end: position, broken: false };
  }
}

function lineBreaks(text: string): number {
  return (text.match(/\r?\n|\r/g) ?? []).length;
}
