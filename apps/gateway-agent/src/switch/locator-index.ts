import type { Row, RowChange, Uuid } from '@l2gw/ovsdb';
import { numberOf, textOf } from '@l2gw/ovsdb';

/**
 * Finds the locator of a VTEP IP that leads there with the logical switch's own VNI. A second row of that kind would violate
 * the table's index, so one that exists is always re-used, whoever made it; one with a tunnel key of its own is another way.
 */
export class LocatorIndex {
  private readonly plain = new Map<string, Uuid>();

  take({ uuid, before, after }: RowChange): void {
    const [old, now] = [before && plainVtep(before), after && plainVtep(after)];
    if (old === now) return;
    if (old !== undefined && this.plain.get(old) === uuid) this.plain.delete(old);
    if (now !== undefined) this.plain.set(now, uuid);
  }

  get(vtep: string): Uuid | undefined {
    return this.plain.get(vtep);
  }
}

/** The VTEP IP, unless the locator has a tunnel key. */
export function plainVtep(row: Row): string | undefined {
  const isPlain = textOf(row, 'encapsulation_type') === 'vxlan_over_ipv4' && numberOf(row, 'tunnel_key') === undefined;
  return isPlain ? textOf(row, 'dst_ip') : undefined;
}
