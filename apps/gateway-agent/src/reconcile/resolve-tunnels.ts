import type { LogicalSwitchRow, Problem, RemoteTunnel } from '@l2gw/contracts';
import { type Locator, locatorTo } from '../switch/locator.js';
import type { Capabilities } from '../switch/switch-contents.js';

/** The ways of one switch to a network's other halves in other clouds. */
export interface Tunnels {
  /** Remote gateway connection → where its frames go; `undefined`: the switch has the connection and cannot use it, or its tunnel is down. */
  readonly ways: ReadonlyMap<string, Locator | undefined>;
  /** Those that get the network's flooded frames. */
  readonly flood: readonly Locator[];
  readonly problems: readonly Problem[];
}

/** What the switch is asked for here, and what it can do about it. */
export type TunnelWish = Pick<LogicalSwitchRow, 'vni' | 'remotes' | 'capabilities'>;

/**
 * A tunnel to a remote gateway that knows the network by our VNI is an ordinary locator. One that knows it by another needs a tunnel
 * key of its own (vtep(5)): the schema must have the column, and the operator must have declared that the switch honours it, because
 * one that does not would send the frames into somebody else's network.
 */
export function resolveTunnels(wish: TunnelWish, can: Capabilities, ownVteps: ReadonlySet<string>): Tunnels {
  const ways = new Map<string, Locator | undefined>();
  const flood: Locator[] = [];
  const problems: Problem[] = [];
  for (const remote of wish.remotes ?? []) {
    const obstacle = obstacleTo(remote, wish, can);
    if (obstacle !== undefined)
      problems.push({ code: 'CAPABILITY_MISSING', text: obstacle, connection: remote.connection });
    const isUsable = obstacle === undefined && !ownVteps.has(remote.vtep);
    const way = isUsable ? locatorFor(remote, wish.vni) : undefined;
    ways.set(remote.connection, remote.down === true ? undefined : way);
    if (way !== undefined && remote.flood) flood.push(way);
  }
  return { ways, flood, problems };
}

/** The locator that leads into the network as the remote gateway knows it. */
export function locatorFor({ vtep, vni }: Pick<RemoteTunnel, 'vtep' | 'vni'>, ownVni: number): Locator {
  return locatorTo(vtep, vni === ownVni ? undefined : vni);
}

function obstacleTo({ vtep, vni }: RemoteTunnel, wish: TunnelWish, can: Capabilities): string | undefined {
  if (vni === wish.vni) return undefined;
  const asked = `the remote gateway ${vtep} knows the network by VNI ${vni} instead of ${wish.vni}`;
  if (!can.tunnelKey) return `${asked}, and the switch's schema is older than 1.5.0: use VNI ${wish.vni} on both sides`;
  if (wish.capabilities?.includes('tunnel_key') === true) return undefined;
  return `${asked}: if the switch honours tunnel keys of locators, announce it with the capability tunnel_key`;
}
