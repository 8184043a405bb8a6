/** Remote MACs in CSV: `MAC,IP` or `MAC;IP` a line, with or without a heading; `#` starts a comment. */
import { type CsvRow, csvRows } from './csv-rows.js';
import { type MacEntry, entryAt } from './mac-entry.js';
import { type RemoteMac, parseMacTuple, remoteMac } from './mac-tuple.js';

/** Which cell of a row is what. */
interface Layout {
  readonly mac: number;
  /** -1: there is none. */
  readonly ip: number;
}

const IP_HEADINGS = ['ip', 'ipaddr', 'ip_addr', 'ip_address'];

export function readMacCsv(text: string): readonly MacEntry[] {
  const rows = csvRows(text).filter(isData);
  const [first, ...others] = rows;
  const layout = first === undefined ? undefined : layoutOf(first.cells);
  if (layout !== undefined) return others.map((row) => entryOf(row, (cells) => byHeading(cells, layout)));
  return rows.map((row) => entryOf(row, parseMacRow));
}

function isData({ cells, broken }: CsvRow): boolean {
  const [first = ''] = cells;
  return broken || !(first.trimStart().startsWith('#') || cells.every((cell) => cell.trim() === ''));
}

function layoutOf(cells: readonly string[]): Layout | undefined {
  const headings = cells.map((cell) => cell.trim().toLowerCase());
  const mac = headings.indexOf('mac');
  return mac < 0 ? undefined : { mac, ip: headings.findIndex((heading) => IP_HEADINGS.includes(heading)) };
}

function entryOf({ line, cells, broken }: CsvRow, read: (cells: readonly string[]) => RemoteMac): MacEntry {
  const place = `line ${line}`;
  return broken ? { place, problem: 'a quotation mark is out of place' } : entryAt(place, () => read(cells));
}

function byHeading(cells: readonly string[], { mac, ip }: Layout): RemoteMac {
  return remoteMac(cells[mac] ?? '', cells[ip]);
}

function parseMacRow(cells: readonly string[]): RemoteMac {
  const [mac = '', ip, ...others] = cells;
  if (others.some((cell) => cell.trim() !== '')) throw new RangeError('more than a MAC and an IP; name the columns');
  return ip === undefined ? parseMacTuple(mac) : remoteMac(mac, ip);
}
