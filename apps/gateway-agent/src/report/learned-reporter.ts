import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import type { LearnedMac } from '@l2gw/contracts';
import { LEARNED_PATIENCE } from '../reconcile/pace.js';
import { Patience } from '../reconcile/patience.js';
import type { SwitchChange } from '../switch/switch-change.js';
import type { LocalMacRow, RowId } from '../switch/switch-contents.js';
import { Switch } from '../switch/switch.js';
import { HeldMacs, macIn } from './held-macs.js';
import { isOf } from './is-of.js';
import { HOLD_MS } from './hold.js';
import { PushedTables } from './pushed-tables.js';
import { type LearnedRow, readLearned } from './read-learned.js';
import { ReportedSwitch } from './reported-switch.js';

/**
 * Tells of every MAC that the switch has learned on its ports. One that comes and goes faster than anybody could use it is told of now
 * and then, as it is at that time, so that a loop in somebody's wiring does not keep every other switch busy.
 */
@Injectable()
export class LearnedReporter {
  /** What was said of which row. */
  private readonly keys = new Map<RowId, string>();
  /** Rows of which something else is to be said, by the MACs they are about. */
  private readonly changes = new Map<string, Set<RowId>>();
  private readonly held = new HeldMacs(HOLD_MS, (keys) => this.giveUp(keys));
  private switchId: RowId | undefined;
  private readonly patience = new Patience<string>(LEARNED_PATIENCE, (macs) => this.tell(macs));

  constructor(
    private readonly reported: ReportedSwitch,
    private readonly target: Switch,
    private readonly tables: PushedTables,
    private readonly log: Log,
  ) {}

  all(): void {
    this.patience.clear();
    this.changes.clear();
    const before = [...this.keys.values()];
    this.keys.clear();
    const rows = this.read(this.ours(this.target.contents.localMacs()));
    for (const { id, key } of rows) this.keys.set(id, key);
    if (this.wasReset()) this.held.hold(before.filter((key) => this.tables.learned.get(key) !== undefined));
    for (const { key } of rows) this.held.release(key);
    const held = [...this.held.all()].flatMap((key): (readonly [string, LearnedMac])[] => {
      const row = this.tables.learned.get(key);
      return row === undefined ? [] : [[key, row]];
    });
    this.tables.learned.replaceAll([...held, ...rows.map(({ key, row }) => [key, row] as const)]);
  }

  /** The switch has another row than before, or none: its database was made anew. */
  private wasReset(): boolean {
    const id = this.target.contents.switches().find(({ name }) => name === this.reported.name)?.id;
    const before = this.switchId;
    this.switchId = id ?? before;
    return before !== undefined && id !== before;
  }

  /** What was not learned again in time. */
  private giveUp(keys: readonly string[]): void {
    for (const key of keys) this.tables.learned.drop(key);
  }

  /** A logical switch that becomes ours, or ceases to be, takes its learned MACs with it, and so can another tunnel IP; that is rare. */
  changed({ localMacs, ownership, self }: SwitchChange): void {
    if (ownership || (self && !this.reported.isAlone)) return this.all();
    if (localMacs.length === 0) return;
    const macs = new Set<string>();
    for (const id of localMacs) for (const mac of this.macsOf(id)) macs.add(this.note(mac, id));
    this.patience.changed(macs);
  }

  /** The MACs that the row was said to be about, and that it is about now. */
  private macsOf(id: RowId): ReadonlySet<string> {
    const said = this.keys.get(id);
    const row = this.target.contents.localMac(id);
    const found = new Set(said === undefined ? [] : [macIn(said)]);
    if (row !== undefined) found.add(`${row.network ?? ''}/${row.text.toLowerCase()}`);
    return found;
  }

  private *ours(rows: Iterable<LocalMacRow>): Generator<LocalMacRow> {
    const switches = this.target.contents.switches();
    for (const row of rows) if (isOf(this.reported, row.vtep, switches)) yield row;
  }

  private note(mac: string, id: RowId): string {
    const rows = this.changes.get(mac) ?? new Set();
    this.changes.set(mac, rows.add(id));
    return mac;
  }

  /** As they are now, whatever they were meanwhile. */
  private tell(macs: readonly string[]): void {
    const { contents } = this.target;
    const ids = macs.flatMap((mac) => [...(this.changes.get(mac) ?? [])]);
    for (const mac of macs) this.changes.delete(mac);
    for (const id of ids) this.forget(id);
    for (const { id, key, row } of this.read(this.ours(ids.flatMap((id) => contents.localMac(id) ?? [])))) {
      this.keys.set(id, key);
      const held = this.held.release(key);
      if (held !== undefined) this.tables.learned.drop(held);
      this.tables.learned.put(key, row);
    }
  }

  private forget(id: RowId): void {
    const key = this.keys.get(id);
    if (key === undefined) return;
    this.keys.delete(id);
    this.tables.learned.drop(key);
  }

  private read(rows: Iterable<LocalMacRow>): readonly ({ readonly id: RowId } & LearnedRow)[] {
    const found: ({ readonly id: RowId } & LearnedRow)[] = [];
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
