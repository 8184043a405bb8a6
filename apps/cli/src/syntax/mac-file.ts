/** A file of remote MACs for a bulk import: which it holds, and everything that is wrong with it. */
import { readMacCsv } from './mac-csv.js';
import type { MacEntry } from './mac-entry.js';
import { readMacJson } from './mac-json.js';
import type { RemoteMac } from './mac-tuple.js';

export interface MacFile {
  readonly macs: readonly RemoteMac[];
  /** Where each of them stands, as `line 7` or `item 7`. */
  readonly places: readonly string[];
  /** In the order of the file; empty if it can be imported. */
  readonly problems: readonly string[];
}

/** JSON if it begins like JSON, else CSV. */
export function parseMacFile(content: string): MacFile {
  const text = content.replace(/^\uFEFF/, '');
  const entries = withoutTwins(/^\s*[[{]/.test(text) ? readMacJson(text) : readMacCsv(text));
  return {
    macs: entries.flatMap((entry) => ('mac' in entry ? [entry.mac] : [])),
    places: entries.flatMap((entry) => ('mac' in entry ? [entry.place] : [])),
    problems: entries.flatMap((entry) => ('problem' in entry ? [`${entry.place}: ${entry.problem}`] : [])),
  };
}

/** The API would refuse the whole batch for one MAC that is in it twice with the same IP. */
function withoutTwins(entries: readonly MacEntry[]): readonly MacEntry[] {
  const places = new Map<string, string>();
  return entries.map((entry) => {
    if ('problem' in entry) return entry;
    const tuple = [entry.mac.mac, ...(entry.mac.ip === undefined ? [] : [entry.mac.ip])].join(' with ');
    const first = places.get(tuple);
    if (first !== undefined) return { place: entry.place, problem: `${tuple} stands already on ${first}` };
    places.set(tuple, entry.place);
    return entry;
  });
}
