import { type SyncRefreshed, syncRefresh } from '@l2gw/contracts';
import type { StopListening } from '@l2gw/tables';
import type { ImportedGroup } from '../import/imported-group.js';

/** Counts what changes in a stretch while everything is compared. */
export class Tally {
  changes = 0;
  readonly stop: StopListening;

  constructor(readonly group: ImportedGroup) {
    this.stop = group.rows.onChange(({ keys }) => (this.changes += keys.length));
  }
}

/** Of all stretches that were compared. */
export function summed(tallies: readonly Tally[]): Pick<SyncRefreshed, 'compared' | 'differing' | 'stretches'> {
  const all = tallies.flatMap(({ group, changes }) =>
    group.sights().map(({ stretch: { connection } }) => ({ connection, changes })),
  );
  const differing = all.filter(({ changes }) => changes > 0);
  return {
    compared: all.length,
    differing: differing.length,
    stretches: differing.slice(0, syncRefresh.mostStretches),
  };
}
