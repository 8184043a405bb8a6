import type { PortBinding } from '@l2gw/contracts';

/** Finds the networks that want something of a port, so that a change there concerns only them. */
export class WishedPlaces {
  private readonly ports = new Map<string, Map<number, Set<string>>>();
  private readonly bindings = new Map<string, readonly PortBinding[]>();

  /** What the network wants from now on. */
  set(network: string, wanted: readonly PortBinding[]): void {
    for (const { port, vlan } of this.bindings.get(network) ?? []) this.ports.get(port)?.get(vlan)?.delete(network);
    if (wanted.length === 0) this.bindings.delete(network);
    else this.bindings.set(network, wanted);
    for (const { port, vlan } of wanted) this.wanting(port, vlan).add(network);
  }

  on(port: string, vlan: number): Iterable<string> {
    return this.ports.get(port)?.get(vlan) ?? [];
  }

  *onPort(port: string): Generator<string> {
    for (const networks of this.ports.get(port)?.values() ?? []) yield* networks;
  }

  private wanting(port: string, vlan: number): Set<string> {
    const vlans = this.ports.get(port) ?? new Map<number, Set<string>>();
    this.ports.set(port, vlans);
    const networks = vlans.get(vlan) ?? new Set();
    vlans.set(vlan, networks);
    return networks;
  }
}
