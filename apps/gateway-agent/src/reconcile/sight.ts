import { Injectable } from '@nestjs/common';
import type { MacRow } from '@l2gw/contracts';
import { DesiredState } from '../desired/desired-state.js';
import type { Wish } from '../desired/wish.js';
import type { Locator } from '../switch/locator.js';
import type { RemoteMac } from '../switch/network-change.js';
import type { ActualTunnel, SwitchSelf } from '../switch/switch-contents.js';
import { Switch } from '../switch/switch.js';
import { resolveFloodSet, resolveNextHop, type Standpoint } from './resolve-next-hop.js';
import { resolveReplication, type Replication } from './resolve-replication.js';
import type { Room } from './select-fitting.js';
import { type FloodChoices, selectFlooded } from './select-flooded.js';
import { resolveTunnels, type Tunnels } from './resolve-tunnels.js';

/** The networks as this switch should see them: its own VTEPs are not remote to it, and other clouds are behind its tunnels. */
@Injectable()
export class Sight {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
  ) {}

  /** From where the switch looks at a network; to be taken once for many questions. */
  standpoint(network: string): Standpoint {
    const wish = this.desired.wish(network);
    const ownVteps = this.ownVteps(wish);
    return {
      ownVteps,
      vni: wish?.kind === 'wish' ? wish.row.vni : 0,
      tunnels: this.tunnels(network, ownVteps),
      remote: (connection) => this.desired.network(network)?.remote(connection),
    };
  }

  tunnels(network: string, ownVteps = this.ownVteps(this.desired.wish(network))): Tunnels {
    const wish = this.desired.wish(network);
    if (wish?.kind !== 'wish') return NO_TUNNELS;
    return resolveTunnels(wish.row, this.target.contents.can, ownVteps);
  }

  /** How the switch should reach the MAC of a row. `leave`: nobody can tell what the switch should hold. */
  mac(row: MacRow | 'unreadable' | undefined, from: Standpoint): RemoteMac | 'leave' | undefined {
    if (row === undefined) return undefined;
    return row === 'unreadable' ? 'leave' : resolveNextHop(row, from);
  }

  *macs(network: string): Generator<RemoteMac> {
    const from = this.standpoint(network);
    for (const row of this.desired.network(network)?.macs() ?? []) {
      const entry = resolveNextHop(row, from);
      if (entry !== undefined && entry !== 'leave') yield entry;
    }
  }

  /** Who copies the network's flooded frames. */
  replication(network: string): Replication {
    const wish = this.desired.wish(network);
    const faults = this.switchesOf(wish).flatMap((each) => each.faults);
    return resolveReplication(wish?.kind === 'wish' ? wish.row : { replication: 'source_node' }, faults);
  }

  flood(network: string): readonly Locator[] {
    const ownVteps = this.ownVteps(this.desired.wish(network));
    const { mode, serviceNodes } = this.replication(network);
    if (mode === 'service_node') return resolveFloodSet(serviceNodes, { ownVteps, tunnels: NO_TUNNELS });
    const members = this.desired.network(network)?.vteps ?? [];
    return selectFlooded(resolveFloodSet(members, this.standpoint(network)), this.choices(network));
  }

  room(): Room {
    const { contents } = this.target;
    return {
      taken: contents.remoteMacCount,
      most: this.desired.maxMacs,
      faults: contents.switches().flatMap((each) => each.faults),
    };
  }

  private choices(network: string): FloodChoices {
    const wish = this.desired.wish(network);
    const most = wish?.kind === 'wish' ? wish.row.maxFloodLocators : undefined;
    if (most === undefined) return { most, now: [], down: new Set() };
    const { contents } = this.target;
    const logicalSwitch = contents.logicalSwitchOf(network);
    const now = logicalSwitch === undefined ? [] : contents.floodRows(logicalSwitch).flatMap((row) => row.locators);
    return { most, now, down: downIn(contents.tunnels()) };
  }

  /** Whether the database has one of the switches that want the network; of one that nobody wants, any. */
  isAnyThere(wish: Wish | undefined): boolean {
    return this.switchesOf(wish).length > 0;
  }

  /**
   * The tunnel IPs that all switches of the database have that want the network: rows are the same for all of them, so one that leads
   * to a single one of them is of use to the others.
   */
  private ownVteps(wish: Wish | undefined): ReadonlySet<string> {
    const [first, ...others] = this.switchesOf(wish);
    const isEverybodys = (vtep: string) => others.every(({ tunnelIps }) => tunnelIps.includes(vtep));
    return new Set(first?.tunnelIps.filter(isEverybodys));
  }

  private switchesOf(wish: Wish | undefined): readonly SwitchSelf[] {
    const present = this.target.contents.switches();
    return wish === undefined ? present : present.filter(({ name }) => wish.rows.has(name));
  }
}

/** Where the switch says, by BFD, that frames do not arrive. */
export function downIn(tunnels: readonly ActualTunnel[]): ReadonlySet<Locator> {
  const down = tunnels.filter(({ status }) => status.get('forwarding') === 'false');
  return new Set(down.flatMap(({ remote }) => remote ?? []));
}

const NO_TUNNELS: Tunnels = { ways: new Map(), flood: [], problems: [] };
