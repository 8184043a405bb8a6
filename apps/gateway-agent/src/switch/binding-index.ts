import type { Row, RowChange, Uuid } from '@l2gw/ovsdb';
import { mapOfNumbersToTexts } from '@l2gw/ovsdb';

const NO_BINDINGS: ReadonlyMap<number, Uuid> = new Map();

/** Finds the ports on which a logical switch is bound, without reading all ports. */
export class BindingIndex {
  /** Logical switch → port → how many of its VLANs. */
  private readonly ports = new Map<Uuid, Map<Uuid, number>>();

  /** Answers the VLANs that are bound otherwise than before. */
  take({ uuid, before, after }: RowChange): readonly number[] {
    const [old, now] = [bindingsOf(before), bindingsOf(after)];
    const changed = changedKeys(old, now);
    for (const vlan of changed) {
      const [left, joined] = [old.get(vlan), now.get(vlan)];
      if (left !== undefined) this.count(left, uuid, -1);
      if (joined !== undefined) this.count(joined, uuid, 1);
    }
    return changed;
  }

  portsOf(logicalSwitch: Uuid): Iterable<Uuid> {
    return this.ports.get(logicalSwitch)?.keys() ?? [];
  }

  private count(logicalSwitch: Uuid, port: Uuid, by: 1 | -1): void {
    const ports = this.ports.get(logicalSwitch) ?? new Map<Uuid, number>();
    this.ports.set(logicalSwitch, ports);
    const bound = (ports.get(port) ?? 0) + by;
    if (bound > 0) ports.set(port, bound);
    else ports.delete(port);
    if (ports.size === 0) this.ports.delete(logicalSwitch);
  }
}

export function bindingsOf(row: Row | undefined): ReadonlyMap<number, Uuid> {
  return row === undefined ? NO_BINDINGS : mapOfNumbersToTexts(row, 'vlan_bindings');
}

function changedKeys(old: ReadonlyMap<number, Uuid>, now: ReadonlyMap<number, Uuid>): readonly number[] {
  const changed: number[] = [];
  for (const vlan of old.keys()) if (!now.has(vlan)) changed.push(vlan);
  for (const [vlan, target] of now) if (old.get(vlan) !== target) changed.push(vlan);
  return changed;
}
