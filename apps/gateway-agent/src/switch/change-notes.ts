import type { Row, RowChange, Uuid } from '@l2gw/ovsdb';
import { numberOf, textOf } from '@l2gw/ovsdb';
import { locatorOf } from './locator-index.js';
import type { LogicalSwitchIndex } from './logical-switch-index.js';
import type { MacPlace } from './mac-index.js';
import type { NamedPlace, Stranger, SwitchChange } from './switch-change.js';

/** Collects what the changed rows of one update mean. */
export class ChangeNotes implements SwitchChange {
  readonly networks = new Set<string>();
  readonly strangers: Stranger[] = [];
  readonly places: NamedPlace[] = [];
  readonly ports = new Set<Uuid>();
  readonly portNames = new Set<string>();
  readonly remoteMacs: { readonly network: string; readonly mac: string }[] = [];
  readonly localMacs: Uuid[] = [];
  ownership = false;
  self = false;
  locatorKeys = false;
  tunnels = false;

  constructor(private readonly index: LogicalSwitchIndex) {}

  logicalSwitch(change: RowChange): void {
    const before = this.index.networkOf(change.uuid);
    this.index.take(change);
    const after = this.index.networkOf(change.uuid);
    for (const network of [before, after]) if (network !== undefined) this.networks.add(network);
    if (change.before && change.after && before !== after) this.ownership = true;
    if (change.before && before === undefined) this.strangers.push(strangerOf(change.before));
    if (change.after && after === undefined) this.strangers.push(strangerOf(change.after));
  }

  port({ uuid, before, after }: RowChange, vlans: readonly number[]): void {
    const [old, now] = [nameOf(before), nameOf(after)];
    this.ports.add(uuid);
    for (const name of [old, now]) {
      if (name === undefined) continue;
      if (old !== now) this.portNames.add(name);
      for (const vlan of vlans) this.places.push({ port: name, vlan });
    }
  }

  itself(): void {
    this.self = true;
  }

  remoteMac(places: readonly MacPlace[]): void {
    for (const { logicalSwitch, mac } of places) {
      const network = this.index.networkOf(logicalSwitch);
      if (network !== undefined) this.remoteMacs.push({ network, mac });
    }
  }

  flood({ before, after }: RowChange): void {
    for (const network of [this.networkBehind(before), this.networkBehind(after)]) {
      if (network !== undefined) this.networks.add(network);
    }
  }

  localMac({ uuid }: RowChange): void {
    this.localMacs.push(uuid);
  }

  locator({ before, after }: RowChange): void {
    if (before && after && locatorOf(before) !== locatorOf(after)) this.locatorKeys = true;
  }

  tunnel(): void {
    this.tunnels = true;
  }

  private networkBehind(row: Row | undefined): string | undefined {
    const logicalSwitch = row && textOf(row, 'logical_switch');
    return logicalSwitch === undefined ? undefined : this.index.networkOf(logicalSwitch);
  }
}

function strangerOf(row: Row): Stranger {
  return { name: nameOf(row) ?? '', vni: numberOf(row, 'tunnel_key') };
}

function nameOf(row: Row | undefined): string | undefined {
  return row && textOf(row, 'name');
}
