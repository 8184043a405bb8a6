import type { WishedNetwork } from '../desired/wish.js';
import type { Locator } from '../switch/locator.js';
import type { FloodChange, LogicalSwitchChange, NetworkChange, RemoteMac } from '../switch/network-change.js';
import type { ActualLogicalSwitch, Capabilities, FloodRow } from '../switch/switch-contents.js';
import { type BindingsPlan, type BindingsState, planBindings } from './plan-bindings.js';
import type { SwitchProblem } from './switch-problem.js';
import { planFloodSet } from './plan-flood-set.js';
import { planLogicalSwitch } from './plan-logical-switch.js';
import { planObstacles, type Strangers } from './plan-obstacles.js';
import { selectAdditions } from './select-additions.js';
import { selectFirstMacs } from './select-first-macs.js';

/** Up to so many MACs come in one transaction with their logical switch. */
const FIRST_MACS = 100;

/** Both sides of one network on one switch. */
export interface NetworkState {
  readonly network: string;
  readonly wish: WishedNetwork;
  /** False while what is wanted is only remembered: then nothing is taken away, and nothing that is there is changed. */
  readonly isCertain: boolean;
  /** Absent while the network's table is not complete: then nothing new is begun, and nobody is missing. */
  readonly members: NetworkMembers | undefined;
  /** How many MACs can come with a new logical switch. */
  readonly roomForMacs: number;
  readonly can: Capabilities;
  readonly strangers: Strangers;
  readonly logicalSwitch: ActualLogicalSwitch | undefined;
  /** It is not ours yet, and becomes so by the first thing that is written to it. */
  readonly isAdopted: boolean;
  readonly bindings: Pick<BindingsState, 'switches' | 'ports' | 'bound' | 'holderOf'>;
  readonly flood: readonly FloodRow[];
  /** Flooding and remote gateway connections that are not as they should be; they keep nothing else from being written. */
  readonly problems: readonly SwitchProblem[];
}

/** Who is where in the network, as this switch should see it. */
export interface NetworkMembers {
  readonly flood: readonly Locator[];
  macs(): Iterable<RemoteMac>;
}

/**
 * `blocked`: nothing may be written. `absent`: the network should not be on the switch, for none of its bindings can be made.
 * `wait`: what it needs is still to come.
 */
export type NetworkPlan =
  | { readonly kind: 'blocked' | 'absent'; readonly problems: readonly SwitchProblem[] }
  | { readonly kind: 'wait' }
  | {
      readonly kind: 'write';
      readonly change: NetworkChange;
      readonly problems: readonly SwitchProblem[];
      /** False while a binding waits for another network of ours to leave its place. */
      readonly isWhole: boolean;
    };

/** What must change of a network on the switch, short of the MACs of a logical switch that is there already. */
export function planNetwork(state: NetworkState): NetworkPlan {
  const { network, wish, strangers, logicalSwitch } = state;
  const obstacles = planObstacles(network, wish.vni, strangers);
  if (obstacles.length > 0) return { kind: 'blocked', problems: obstacles };
  const bindings = planBindings({ ...state.bindings, desired: wish.bindings, logicalSwitch: logicalSwitch?.id });
  const { possible, waiting } = bindings;
  const problems = [...bindings.problems, ...state.problems];
  if (possible === 0 && waiting === 0) return withoutBindings(state, problems);
  if (logicalSwitch === undefined && (possible === 0 || state.members === undefined)) return { kind: 'wait' };
  const change = changeOf(state, bindings);
  if (!state.isCertain)
    return { kind: 'write', change: selectAdditions(change, state.flood), problems, isWhole: false };
  return { kind: 'write', change, problems, isWhole: waiting === 0 };
}

/** A switch that is not in the database may have been renamed: then the network stays on it as it is. */
function withoutBindings({ isCertain, wish, bindings }: NetworkState, problems: readonly SwitchProblem[]): NetworkPlan {
  if (!isCertain) return { kind: 'wait' };
  const isAnyMissing = wish.bindings.some((each) => !bindings.switches.includes(each.switch));
  return { kind: isAnyMissing ? 'blocked' : 'absent', problems };
}

export function isEmpty({ logicalSwitch, bind, unbind, flood, macs }: NetworkChange): boolean {
  const quiet = logicalSwitch.kind === 'keep' && flood.write === undefined;
  return quiet && [bind, unbind, flood.remove, macs].every((each) => each.length === 0);
}

function changeOf(state: NetworkState, { bind, unbind }: BindingsPlan): NetworkChange {
  const { network, wish, can, logicalSwitch, members } = state;
  const first =
    logicalSwitch === undefined && members
      ? selectFirstMacs(members.macs(), Math.min(FIRST_MACS, state.roomForMacs))
      : [];
  return {
    logicalSwitch: adopting(state, planLogicalSwitch(network, wish, can, logicalSwitch)),
    bind,
    unbind,
    flood: members ? planFloodSet(members.flood, state.flood) : UNCHANGED,
    macs: first.map((entry) => ({ kind: 'add', entry })),
  };
}

function adopting({ isAdopted, network, wish }: NetworkState, change: LogicalSwitchChange): LogicalSwitchChange {
  return isAdopted && change.kind === 'update' ? { ...change, adopts: { name: network, vni: wish.vni } } : change;
}

const UNCHANGED: FloodChange = { remove: [], write: undefined };
