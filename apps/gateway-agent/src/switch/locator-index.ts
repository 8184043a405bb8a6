import type { Row, RowChange, Uuid } from '@l2gw/ovsdb';
import { numberOf, textOf } from '@l2gw/ovsdb';
import { type Locator, locatorTo } from './locator.js';

/** Finds the row of a locator. A second one of its kind would violate the table's index, so one that exists is re-used, whoever made it. */
export class LocatorIndex {
  private readonly rows = new Map<Locator, Uuid>();

  take({ uuid, before, after }: RowChange): void {
    const [old, now] = [before && locatorOf(before), after && locatorOf(after)];
    if (old === now) return;
    if (old !== undefined && this.rows.get(old) === uuid) this.rows.delete(old);
    if (now !== undefined) this.rows.set(now, uuid);
  }

  get(locator: Locator): Uuid | undefined {
    return this.rows.get(locator);
  }
}

/** Absent for an encapsulation that is not ours. */
export function locatorOf(row: Row): Locator | undefined {
  if (textOf(row, 'encapsulation_type') !== 'vxlan_over_ipv4') return undefined;
  return locatorTo(textOf(row, 'dst_ip') ?? '', numberOf(row, 'tunnel_key'));
}
