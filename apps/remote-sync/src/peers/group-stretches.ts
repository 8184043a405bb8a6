import type { StretchRow } from '@l2gw/contracts';

/** Our stretches with one peer as the wire knows them. */
export interface StretchGroups {
  /** By number: connections of one network, the first of which speaks for all. */
  readonly groups: ReadonlyMap<number, readonly StretchRow[]>;
  /** Their number stands for another network already, so that nobody could tell the two apart. */
  readonly clashing: readonly StretchRow[];
}

export function groupStretches(stretches: readonly StretchRow[]): StretchGroups {
  const groups = new Map<number, StretchRow[]>();
  const clashing: StretchRow[] = [];
  const inOrder = [...stretches].sort((a, b) => (a.connection < b.connection ? -1 : 1));
  for (const stretch of inOrder) {
    const group = groups.get(stretch.segId) ?? [];
    if (group[0] !== undefined && group[0].network !== stretch.network) clashing.push(stretch);
    else groups.set(stretch.segId, [...group, stretch]);
  }
  return { groups, clashing };
}
