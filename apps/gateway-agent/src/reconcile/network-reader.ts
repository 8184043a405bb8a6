import { Injectable } from '@nestjs/common';
import type { PortBinding } from '@l2gw/contracts';
import { AgentConfig } from '../config.js';
import { DesiredState } from '../desired/desired-state.js';
import type { Wish } from '../desired/wish.js';
import type { ActualLogicalSwitch, RowId } from '../switch/switch-contents.js';
import { Switch } from '../switch/switch.js';
import type { Holder } from './plan-bindings.js';
import type { NetworkMembers, NetworkState } from './plan-network.js';
import { freeIn } from './select-fitting.js';
import { Sight } from './sight.js';

/**
 * Both sides of a network. `obsolete` logical switches are ours and have to go before anything of the network is written. `uncertain`:
 * nobody is known to want the network, but that may only not be known yet.
 */
export type NetworkFound =
  | { readonly kind: 'no-switch' | 'unreadable'; readonly wish: Wish | undefined }
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'unwanted'; readonly obsolete: readonly ActualLogicalSwitch[] }
  | {
      readonly kind: 'wanted';
      readonly row: string;
      readonly state: NetworkState;
      readonly obsolete: readonly ActualLogicalSwitch[];
    };

/** Reads what should be and what is of one network. */
@Injectable()
export class NetworkReader {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
    private readonly sight: Sight,
    private readonly config: AgentConfig,
  ) {}

  read(network: string): NetworkFound {
    const wish = this.desired.wish(network);
    const { contents } = this.target;
    if (contents.self() === undefined) return { kind: 'no-switch', wish };
    if (wish === undefined) {
      if (!this.desired.isUnwanted(network)) return { kind: 'uncertain' };
      return { kind: 'unwanted', obsolete: contents.owned(network) };
    }
    if (wish.kind === 'unreadable') return { kind: 'unreadable', wish };
    const [owned, ...surplus] = contents.owned(network);
    const state = this.stateOf(network, wish.row, owned ?? this.adopted(network, wish.row));
    const obsolete = state.isCertain ? [...surplus, ...this.predecessors(state)] : [];
    return { kind: 'wanted', row: wish.hash, state, obsolete };
  }

  private stateOf(
    network: string,
    wish: NetworkState['wish'],
    logicalSwitch: ActualLogicalSwitch | undefined,
  ): NetworkState {
    const { contents } = this.target;
    const sameName = contents.named(network);
    const replication = this.sight.replication(network);
    const isStranger = (id: RowId): boolean => contents.networkOf(id) === undefined && id !== logicalSwitch?.id;
    return {
      network,
      wish: { ...wish, replication: replication.mode },
      isCertain: this.desired.isCertain(network),
      members: this.membersOf(network),
      roomForMacs: freeIn(this.sight.room()),
      can: contents.can,
      strangers: {
        sameName: sameName && isStranger(sameName.id) ? sameName : undefined,
        sameVni: contents.withVni(wish.vni).filter(({ id }) => isStranger(id)),
      },
      logicalSwitch,
      bindings: {
        ports: contents.ports(),
        bound: logicalSwitch ? contents.places(logicalSwitch.id) : [],
        holderOf: (id, place) => this.holderOf(id, place),
      },
      flood: logicalSwitch ? contents.floodRows(logicalSwitch.id) : [],
      problems: [...replication.problems, ...this.sight.tunnels(network).problems],
    };
  }

  /**
   * networking-l2gw names its logical switches by their networks' ids, and marks none. With the network's VNI it cannot be anybody else's
   * network; with another one nobody knows what it is. Once it is written to it carries our mark.
   */
  private adopted(network: string, { vni }: NetworkState['wish']): ActualLogicalSwitch | undefined {
    if (!this.config.adopts || !this.desired.isCertain(network)) return undefined;
    const found = this.target.contents.named(network);
    const isTheirs = found?.vni === vni && this.target.contents.networkOf(found.id) === undefined;
    return isTheirs ? found : undefined;
  }

  private membersOf(network: string): NetworkMembers | undefined {
    if (this.desired.network(network)?.complete !== true) return undefined;
    return { flood: this.sight.flood(network), macs: () => this.sight.macs(network) };
  }

  /** Logical switches of networks that nobody wants any more, and that have this network's VNI or one of its places. */
  private predecessors({ network, wish, bindings }: NetworkState): readonly ActualLogicalSwitch[] {
    const { contents } = this.target;
    const holders = wish.bindings.flatMap(({ port, vlan }) => {
      const id = bindings.ports.find((each) => each.name === port)?.bindings.get(vlan);
      return (id === undefined ? undefined : contents.logicalSwitch(id)) ?? [];
    });
    const inTheWay = new Map([...contents.withVni(wish.vni), ...holders].map((each) => [each.id, each]));
    return [...inTheWay.values()].filter(({ id }) => {
      const owner = contents.networkOf(id);
      return owner !== undefined && owner !== network && this.desired.wish(owner) === undefined;
    });
  }

  private holderOf(id: RowId, place: PortBinding): Holder {
    const { contents } = this.target;
    const network = contents.networkOf(id);
    const leaves = network !== undefined && !this.wants(network, place);
    return { name: contents.logicalSwitch(id)?.name ?? id, leaves };
  }

  private wants(network: string, place: PortBinding): boolean {
    const wish = this.desired.wish(network);
    if (wish?.kind !== 'wish') return wish !== undefined;
    return wish.row.bindings.some(({ port, vlan }) => port === place.port && vlan === place.vlan);
  }
}
