import { hashed, type HashedRow, type KeyedHash } from './hashed-rows.js';
import { RepairOvertaken } from './repair-overtaken.js';
import type { RowOp } from './source.js';
import type { TableCopy } from './table-copy.js';

/**
 * The rows that a repair has read so far. Of a table that is larger than its bound those that are held already, those that are to be
 * kept, and as many others as there is room for: the rest is read and forgotten.
 */
export class Gathering {
  /** What each key holds, or that it was dropped after it had been read. */
  readonly rows = new Map<string, HashedRow | undefined>();
  /** Some were left out. */
  partial = false;
  private room: number;

  constructor(private readonly copy: Pick<TableCopy<unknown>, 'name' | 'held'>) {
    this.room = copy.held.room;
  }

  /** Hashes as it goes, so that the event loop is never held up for a whole table. Answers what was not left out. */
  take(ops: readonly RowOp[]): readonly KeyedHash[] {
    const taken: KeyedHash[] = [];
    for (const { key, row } of ops) {
      const isKnown = this.rows.has(key) || this.copy.held.has(key);
      if (isKnown || (row !== undefined && this.isWanted(key))) taken.push(this.note(key, row));
    }
    return taken;
  }

  private note(key: string, raw: object | undefined): KeyedHash {
    const row = raw && hashed(key, raw);
    this.rows.set(key, row);
    return [key, row];
  }

  private isWanted(key: string): boolean {
    this.room -= 1;
    const { name, held } = this.copy;
    if (this.room >= 0 || held.bound === undefined) return true;
    if (!held.bound.isKnown()) throw new RepairOvertaken(`${name}: it is not known yet what is to be kept`);
    const isKept = held.bound.keeps(key);
    this.partial ||= !isKept;
    return isKept;
  }
}
