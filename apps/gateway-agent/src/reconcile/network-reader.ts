import { Injectable } from '@nestjs/common';
import { AgentConfig } from '../config.js';
import { DesiredState } from '../desired/desired-state.js';
import type { Wish, WishedBinding, WishedRows } from '../desired/wish.js';
import type { ActualLogicalSwitch, RowId } from '../switch/switch-contents.js';
import { Switch } from '../switch/switch.js';
import type { Holder } from './plan-bindings.js';
import type { NetworkMembers, NetworkState } from './plan-network.js';
import { freeIn } from './select-fitting.js';
import { Sight } from './sight.js';
import type { SwitchProblem } from './switch-problem.js';

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
      readonly rows: WishedRows;
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
    if (!this.sight.isAnyThere(wish)) return { kind: 'no-switch', wish };
    if (wish === undefined) {
      if (!this.desired.isUnwanted(network)) return { kind: 'uncertain' };
      return { kind: 'unwanted', obsolete: contents.owned(network) };
    }
    if (wish.kind === 'unreadable') return { kind: 'unreadable', wish };
    const [owned, ...surplus] = contents.owned(network);
    const state = this.stateOf(network, wish, owned ?? this.adopted(network, wish.row));
    const obsolete = state.isCertain ? [...surplus, ...this.predecessors(state)] : [];
    return { kind: 'wanted', rows: wish.rows, state, obsolete };
  }

  private stateOf(
    network: string,
    { row: wish, rows }: ReadableWish,
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
      isAdopted: logicalSwitch !== undefined && contents.networkOf(logicalSwitch.id) === undefined,
      bindings: {
        switches: contents.switches().map(({ name }) => name),
        ports: contents.ports(),
        bound: logicalSwitch ? contents.places(logicalSwitch.id) : [],
        holderOf: (id, place) => this.holderOf(id, place),
      },
      flood: logicalSwitch ? contents.floodRows(logicalSwitch.id) : [],
      problems: [...replication.problems, ...this.sight.tunnels(network).problems, ...overruledIn(rows)],
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
    const holders = wish.bindings.flatMap(({ switch: owner, port, vlan }) => {
      const id = bindings.ports.find((each) => each.switch === owner && each.name === port)?.bindings.get(vlan);
      return (id === undefined ? undefined : contents.logicalSwitch(id)) ?? [];
    });
    const inTheWay = new Map([...contents.withVni(wish.vni), ...holders].map((each) => [each.id, each]));
    return [...inTheWay.values()].filter(({ id }) => {
      const owner = contents.networkOf(id);
      return owner !== undefined && owner !== network && this.desired.wish(owner) === undefined;
    });
  }

  private holderOf(id: RowId, place: WishedBinding): Holder {
    const { contents } = this.target;
    const network = contents.networkOf(id);
    const leaves = network !== undefined && !this.wants(network, place);
    return { name: contents.logicalSwitch(id)?.name ?? id, leaves };
  }

  private wants(network: string, place: WishedBinding): boolean {
    const wish = this.desired.wish(network);
    if (wish?.kind !== 'wish') return wish !== undefined;
    return wish.row.bindings.some(
      (each) => each.switch === place.switch && each.port === place.port && each.vlan === place.vlan,
    );
  }
}

type ReadableWish = Extract<Wish, { readonly kind: 'wish' }>;

function overruledIn(rows: WishedRows): readonly SwitchProblem[] {
  return [...rows].flatMap(([name, { overruled }]) => {
    if (overruled === undefined) return [];
    const text = `its database has room for one setting, and that of switch ${overruled} holds: give both the same settings`;
    return [{ code: 'SETTINGS_DIFFER', text, switch: name }];
  });
}
