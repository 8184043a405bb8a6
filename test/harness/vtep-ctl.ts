/** `vtep-ctl` of Open vSwitch as a reader of tables: rows as plain values, in JSON as the tool prints it. */
import { binary } from './binaries.js';
import { runTool } from './run-tool.js';

/** One row; OVSDB's sets are arrays, maps are arrays of pairs, a reference is its UUID. */
export type Row = Readonly<Record<string, Value>>;
export type Value = string | number | boolean | readonly Value[];

interface Listing {
  readonly headings: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/** All the tables as of one moment. `--dry-run`: the tool would insert a missing Global row even when it only reads. */
export async function listTables<Table extends string>(
  endpoint: string,
  tables: readonly Table[],
): Promise<Record<Table, readonly Row[]>> {
  const commands = tables.flatMap((table) => ['--', 'list', table]).slice(1);
  const output = await runTool(binary('vtep-ctl'), [`--db=${endpoint}`, '--dry-run', '--format=json', ...commands]);
  const listings = output.trim().split('\n').map(parseListing);
  const entries = tables.map((table, index) => [table, listings[index] ?? []] as const);
  return Object.fromEntries(entries) as Record<Table, readonly Row[]>;
}

/** A value that is there at most once: a bare value, or a set of one or none. */
export function single(value: Value | undefined): Value | undefined {
  return isList(value) ? value[0] : value;
}

/** A set of one is printed bare. */
export function many(value: Value | undefined): readonly Value[] {
  if (isList(value)) return value;
  return value === undefined ? [] : [value];
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function parseListing(line: string): readonly Row[] {
  const { headings, data } = JSON.parse(line) as Listing;
  return data.map((cells) => Object.fromEntries(headings.map((name, index) => [name, plain(cells[index])])));
}

/** RFC 7047 §5.1: `["set", […]]`, `["map", [[key, value], …]]`, `["uuid", "…"]`; everything else stands for itself. */
function plain(cell: unknown): Value {
  if (!Array.isArray(cell)) return cell as string | number | boolean;
  const [tag, content] = cell as [string, unknown];
  if (tag === 'uuid') return content as string;
  if (tag === 'map') return (content as [unknown, unknown][]).map(([key, value]) => [plain(key), plain(value)]);
  return (content as unknown[]).map(plain);
}
