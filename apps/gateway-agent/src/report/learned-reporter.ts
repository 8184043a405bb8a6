import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import type { SwitchChange } from '../switch/switch-change.js';
import type { LocalMacRow, RowId } from '../switch/switch-contents.js';
import { Switch } from '../switch/switch.js';
import { PushedTables } from './pushed-tables.js';
import { readLearned } from './read-learned.js';

/** Tells of every MAC that the switch has learned on its ports. */
@Injectable()
export class LearnedReporter {
  /** What was said of which row. */
  private readonly keys = new Map<RowId, string>();

  constructor(
    private readonly target: Switch,
    private readonly tables: PushedTables,
    private readonly log: Log,
  ) {}

  all(): void {
    this.keys.clear();
    const rows = this.read(this.target.contents.localMacs());
    for (const { id, key } of rows) this.keys.set(id, key);
    this.tables.learned.replaceAll(rows.map(({ key, row }) => [key, row]));
  }

  /** A logical switch that becomes ours, or ceases to be, takes its learned MACs with it; that is rare. */
  changed({ localMacs, ownership }: SwitchChange): void {
    if (ownership) return this.all();
    if (localMacs.length === 0) return;
    const { contents } = this.target;
    for (const id of localMacs) this.forget(id);
    for (const { id, key, row } of this.read(localMacs.flatMap((id) => contents.localMac(id) ?? []))) {
      this.keys.set(id, key);
      this.tables.learned.put(key, row);
    }
  }

  private forget(id: RowId): void {
    const key = this.keys.get(id);
    if (key === undefined) return;
    this.keys.delete(id);
    this.tables.learned.drop(key);
  }

  private read(rows: Iterable<LocalMacRow>): readonly { id: RowId; key: string; row: object }[] {
    const found: { id: RowId; key: string; row: object }[] = [];
    let invalid = 0;
    for (const local of rows) {
      const learned = readLearned(local);
      if (learned === 'invalid') invalid += 1;
      else if (learned !== 'foreign') found.push({ id: local.id, ...learned });
    }
    if (invalid > 0) this.log.warn('learned-macs-invalid', { rows: invalid });
    return found;
  }
}
