/** Reads the tables that the client prints. */
import type { Table } from './recordings.js';

/** Absent if nothing of the text is a table. */
export function readTable(text: string): Table | undefined {
  const lines = text.split('\n');
  const border = lines.find((line) => line.startsWith('+'));
  if (border === undefined) return undefined;
  const cuts = [...border.matchAll(/\+/g)].map(({ index }) => index);
  const [columns = [], ...rows] = lines.filter((line) => line.startsWith('|')).map((line) => cellsOf(line, cuts));
  return { columns, rows: columns[0] === 'Field' ? joined(rows) : rows };
}

function cellsOf(line: string, cuts: readonly number[]): string[] {
  return cuts.slice(1).map((end, index) => line.slice((cuts[index] ?? 0) + 1, end).trim());
}

/** A value of several lines leaves the name of its field empty from the second on. */
function joined(rows: readonly string[][]): string[][] {
  const fields: string[][] = [];
  for (const [field = '', value = ''] of rows) {
    const last = fields[fields.length - 1];
    if (field === '' && last !== undefined) last[1] = `${last[1]}\n${value}`;
    else fields.push([field, value]);
  }
  return fields;
}
