import type { LogicalSwitchRow } from '@l2gw/contracts';
import { parseVlan, parseVni } from '@l2gw/l2';

/** What the facts say of one network on one switch. */
export interface BoundNetwork {
  readonly name: string;
  readonly vni: number;
  /** Another one each time a binding was made anew or the network was changed. */
  readonly generation: string;
  readonly bindings: readonly { readonly port: string; readonly vlan: number }[];
}

/** The row of a switch's table as it goes on the wire; absent if the network is not bound on the switch. */
export function compileLogicalSwitch(
  network: BoundNetwork | undefined,
  replication: LogicalSwitchRow['replication'],
): LogicalSwitchRow | undefined {
  if (network === undefined || network.bindings.length === 0) return undefined;
  const bindings = network.bindings.map(({ port, vlan }) => ({ port, vlan: parseVlan(vlan) }));
  bindings.sort((a, b) => (a.port < b.port ? -1 : a.port > b.port ? 1 : a.vlan - b.vlan));
  return { vni: parseVni(network.vni), name: network.name, replication, bindings, generation: network.generation };
}
