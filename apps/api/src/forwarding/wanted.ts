import { arrayText } from '../database/array-text.js';

/**
 * Keys in groups, each of which PostgreSQL looks up in one walk through an index: where they lie side by side, as they do when another
 * cloud tells all that it has, that takes a quarter of the time of looking them up one by one.
 */
export interface Wanted {
  readonly groups: readonly string[];
  /** For `unnest($1, $2) WITH ORDINALITY`: the groups, and the keys of each as the text of an array. */
  readonly parameters: [groups: string, keys: string];
}

/** `at`: of the ordinality, from 1 on. */
export const groupAt = ({ groups }: Wanted, at: string): string => groups[Number(at) - 1] ?? '';

export function wantedIn(keys: Iterable<readonly [group: string, key: string]>): Wanted {
  const groups = new Map<string, string[]>();
  for (const [group, key] of keys) {
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [key]);
    else known.push(key);
  }
  const names = [...groups.keys()];
  return { groups: names, parameters: [arrayText(names), arrayText([...groups.values()].map(arrayText))] };
}

/** By their networks. */
export const wantedOf = (keys: readonly { readonly network: string; readonly name: string }[]): Wanted =>
  wantedIn(keys.map(({ network, name }) => [network, name]));
