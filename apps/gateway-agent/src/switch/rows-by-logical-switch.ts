import type { RowChange, Uuid } from '@l2gw/ovsdb';
import { textOf } from '@l2gw/ovsdb';

const NONE: ReadonlySet<Uuid> = new Set();

/** The rows of one table that point to each logical switch. */
export class RowsByLogicalSwitch {
  private readonly rows = new Map<Uuid, Set<Uuid>>();

  take({ uuid, before, after }: RowChange): void {
    const [old, now] = [before && textOf(before, 'logical_switch'), after && textOf(after, 'logical_switch')];
    if (old === now) return;
    if (old !== undefined) this.remove(old, uuid);
    if (now !== undefined) this.of(now).add(uuid);
  }

  get(logicalSwitch: Uuid): ReadonlySet<Uuid> {
    return this.rows.get(logicalSwitch) ?? NONE;
  }

  private remove(logicalSwitch: Uuid, uuid: Uuid): void {
    const rows = this.of(logicalSwitch);
    rows.delete(uuid);
    if (rows.size === 0) this.rows.delete(logicalSwitch);
  }

  private of(logicalSwitch: Uuid): Set<Uuid> {
    const rows = this.rows.get(logicalSwitch) ?? new Set();
    this.rows.set(logicalSwitch, rows);
    return rows;
  }
}
