import type { Row, RowChange, Uuid } from '@l2gw/ovsdb';
import { mapOfTexts, numberOf, textOf } from '@l2gw/ovsdb';
import { type Marked, ownNetwork } from './owner-mark.js';

/**
 * Knows which logical switches are ours, and finds any by name or VNI. A row that was ours stays ours as long as it lives, so
 * that somebody who takes our mark away does not thereby take the logical switch away.
 */
export class LogicalSwitchIndex {
  private readonly networks = new Map<Uuid, string>();
  private readonly ids = new Map<string, Set<Uuid>>();
  private readonly names = new Map<string, Uuid>();
  private readonly vnis = new Map<number, Set<Uuid>>();

  take({ uuid, before, after }: RowChange): void {
    const network = after && (ownNetwork(markedOf(after)) ?? this.networks.get(uuid));
    this.setNetwork(uuid, network);
    if (before) this.forget(uuid, before);
    if (after) this.remember(uuid, after);
  }

  networkOf(id: Uuid): string | undefined {
    return this.networks.get(id);
  }

  owned(network: string): Iterable<Uuid> {
    return this.ids.get(network) ?? [];
  }

  ownedNetworks(): Iterable<string> {
    return this.ids.keys();
  }

  named(name: string): Uuid | undefined {
    return this.names.get(name);
  }

  withVni(vni: number): Iterable<Uuid> {
    return this.vnis.get(vni) ?? [];
  }

  private setNetwork(id: Uuid, network: string | undefined): void {
    const old = this.networks.get(id);
    if (old === network) return;
    if (old !== undefined) drop(this.ids, old, id);
    if (network === undefined) this.networks.delete(id);
    else {
      this.networks.set(id, network);
      add(this.ids, network, id);
    }
  }

  private forget(id: Uuid, row: Row): void {
    const [name, vni] = [textOf(row, 'name') ?? '', numberOf(row, 'tunnel_key')];
    if (this.names.get(name) === id) this.names.delete(name);
    if (vni !== undefined) drop(this.vnis, vni, id);
  }

  private remember(id: Uuid, row: Row): void {
    const vni = numberOf(row, 'tunnel_key');
    this.names.set(textOf(row, 'name') ?? '', id);
    if (vni !== undefined) add(this.vnis, vni, id);
  }
}

function markedOf(row: Row): Marked {
  return {
    name: textOf(row, 'name') ?? '',
    description: textOf(row, 'description') ?? '',
    config: 'other_config' in row ? mapOfTexts(row, 'other_config') : undefined,
  };
}

function add<Key>(map: Map<Key, Set<Uuid>>, key: Key, id: Uuid): void {
  const ids = map.get(key) ?? new Set();
  map.set(key, ids.add(id));
}

function drop<Key>(map: Map<Key, Set<Uuid>>, key: Key, id: Uuid): void {
  const ids = map.get(key);
  ids?.delete(id);
  if (ids?.size === 0) map.delete(key);
}
