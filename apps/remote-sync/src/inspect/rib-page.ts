import type { RibIn, RibInPlace, RibInQuery, RibInRow } from '@l2gw/contracts';
import type { Saying } from '../import/acceptance.js';

/** What a peer says of one connection. */
export interface Hearing {
  readonly connection: string;
  readonly network: string;
  /** What it speaks of: MACs, and keys that are none. */
  names(): ReadonlySet<string>;
  sayingOf(name: string): Saying;
}

/** An answer has to fit into one message. */
const MOST_BYTES = 512 * 1024;

/** The rows that are asked for, in the order of connection and MAC. */
export function ribPage(hearings: readonly Hearing[], query: RibInQuery): RibIn {
  const rows: RibInRow[] = [];
  let bytes = 0;
  for (const { hearing, name } of placesOf(hearings, query)) {
    if (rows.length >= query.limit || bytes >= MOST_BYTES) return { rows, more: true };
    const row = rowOf(hearing, name);
    bytes += JSON.stringify(row).length;
    rows.push(row);
  }
  return { rows, more: false };
}

/** Sorts one connection at a time, and only those that are come to. */
function* placesOf(hearings: readonly Hearing[], { network, mac, after }: RibInQuery) {
  const wanted = hearings.filter((each) => network === undefined || each.network === network);
  for (const hearing of wanted.toSorted((a, b) => (a.connection < b.connection ? -1 : 1))) {
    const names = [...hearing.names()].filter(
      (name) => (mac === undefined || name === mac) && isAfter(hearing, name, after),
    );
    for (const name of names.sort()) yield { hearing, name };
  }
}

function isAfter({ connection }: Hearing, name: string, after: RibInPlace | undefined): boolean {
  if (after === undefined || connection > after.connection) return true;
  return connection === after.connection && name > after.mac;
}

function rowOf({ connection, network, sayingOf }: Hearing, name: string): RibInRow {
  const { said, accepted, refused } = sayingOf(name);
  const { sequence, static: isStatic = false, ips, kind } = said ?? {};
  const place = { connection, network, mac: name, accepted, refused };
  if (sequence === undefined || ips === undefined || kind === undefined) return place;
  return { ...place, said: { sequence, static: isStatic, ips, kind } };
}
