import type { CheckDifference, CheckEntry } from './source.js';

/** What a writer's registry says of a table; undefined if it never heard of it. */
export interface TableState {
  readonly state: 'present' | 'removed';
  readonly revision: number;
  readonly digest: string;
}

/**
 * What to name in the answer to a check: every table whose revision or digest is not exactly the reader's.
 * A removed table that the reader has empty at the same revision is no difference.
 */
export function checkEntries(
  entries: readonly CheckEntry[],
  stateOf: (table: string) => TableState | undefined,
): readonly CheckDifference[] {
  return entries.flatMap(({ table, revision, digest }): readonly CheckDifference[] => {
    const ours = stateOf(table);
    if (ours === undefined) return [{ table, state: 'unknown' }];
    if (ours.revision === revision && ours.digest === digest) return [];
    if (ours.state === 'removed') return [{ table, state: 'removed', revision: ours.revision }];
    return [{ table, state: 'present', revision: ours.revision, digest: ours.digest }];
  });
}
