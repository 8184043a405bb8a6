import type { Statused, StatusSource } from './status-source.js';
import type { News } from './summaries.js';

type Noun = StatusSource['noun'];

/** The statuses that readers know of: says which are news. */
export class KnownStatuses {
  private readonly texts = new Map<Noun, Map<string, string>>();

  /** What is seen for the first time is news too. */
  update(noun: Noun, rows: readonly Statused[]): readonly News[] {
    const known = this.of(noun);
    return rows.flatMap((row) => {
      const { status, status_reason, faults } = row;
      const text = JSON.stringify([status, status_reason, faults]);
      if (known.get(row.id) === text) return [];
      known.set(row.id, text);
      return [{ noun, change: 'status', ...row }];
    });
  }

  /** Forgets all others. */
  keepOnly(noun: Noun, ids: ReadonlySet<string>): void {
    const known = this.of(noun);
    for (const id of [...known.keys()]) if (!ids.has(id)) known.delete(id);
  }

  private of(noun: Noun): Map<string, string> {
    const known = this.texts.get(noun) ?? new Map<string, string>();
    this.texts.set(noun, known);
    return known;
  }
}
