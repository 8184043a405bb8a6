import type { Problem } from '@l2gw/contracts';
import type { VlanId } from '@l2gw/l2';
import type { WishedBinding } from '../desired/wish.js';
import type { ActualPort, Place, RowId } from '../switch/switch-contents.js';
import { SWITCH_NOT_FOUND, type SwitchProblem } from './switch-problem.js';

/** What is to be bound to one logical switch, and what is in the way. */
export interface BindingsState {
  readonly desired: readonly WishedBinding[];
  /** The names of our switches that are in the database. */
  readonly switches: readonly string[];
  /** The ports of these switches. */
  readonly ports: readonly ActualPort[];
  /** The logical switch to bind to; absent if it is new. */
  readonly logicalSwitch: RowId | undefined;
  /** Where it is bound now, on whatever switch of the database. */
  readonly bound: readonly Place[];
  readonly holderOf: (logicalSwitch: RowId, place: WishedBinding) => Holder;
}

/** Who has a VLAN of a port; `leaves`: a logical switch of ours that will be unbound there. */
export interface Holder {
  readonly name: string;
  readonly leaves: boolean;
}

export interface BindingsPlan {
  readonly bind: readonly { readonly port: ActualPort; readonly vlans: readonly VlanId[] }[];
  readonly unbind: readonly Place[];
  readonly problems: readonly SwitchProblem[];
  /** Bindings that are there or will be. */
  readonly possible: number;
  /** Bindings that will be possible as soon as another network of ours has left the place. */
  readonly waiting: number;
}

/** What must change in `vlan_bindings`: only keys that are ours or free, never one that somebody else has. */
export function planBindings(state: BindingsState): BindingsPlan {
  const verdicts = state.desired.map((binding) => judge(state, binding));
  const made = verdicts.filter((each) => each.kind === 'free' || each.kind === 'bound');
  const free = made.filter((each) => each.kind === 'free');
  const wanted = new Set(made.map((each) => placeKey(each.port.id, each.vlan)));
  const ports = [...new Set(free.map((each) => each.port))];
  return {
    bind: ports.map((port) => ({ port, vlans: free.filter((each) => each.port === port).map((each) => each.vlan) })),
    unbind: state.bound.filter(({ port, vlan }) => !wanted.has(placeKey(port, vlan)) && mayGo(state, port)),
    problems: withoutTwins(verdicts.flatMap((each) => (each.kind === 'problem' ? [each.problem] : []))),
    possible: made.length,
    waiting: verdicts.filter((each) => each.kind === 'waiting').length,
  };
}

type Verdict =
  | { readonly kind: 'free'; readonly port: ActualPort; readonly vlan: VlanId }
  | { readonly kind: 'bound'; readonly port: ActualPort; readonly vlan: VlanId }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'problem'; readonly problem: SwitchProblem };

function judge({ switches, ports, logicalSwitch, holderOf }: BindingsState, binding: WishedBinding): Verdict {
  const { switch: owner, port: name, vlan } = binding;
  if (!switches.includes(owner)) return { kind: 'problem', problem: { ...SWITCH_NOT_FOUND, switch: owner } };
  const problem = problemOn(owner);
  const port = ports.find((each) => each.switch === owner && each.name === name);
  if (port === undefined)
    return problem('PORT_NOT_FOUND', `the switch has no port ${name}: plug it in or change the gateway`);
  const target = port.bindings.get(vlan);
  if (target === undefined) return { kind: 'free', port, vlan };
  if (target === logicalSwitch) return { kind: 'bound', port, vlan };
  const holder = holderOf(target, binding);
  if (holder.leaves) return { kind: 'waiting' };
  return problem(
    'CONFLICT',
    `VLAN ${vlan} of port ${name} is bound to logical switch ${holder.name}: unbind it there or use another VLAN`,
  );
}

/** A switch that has been renamed keeps what is on its ports until it is known by which name it goes. */
function mayGo({ desired, switches, ports }: BindingsState, port: RowId): boolean {
  return desired.every((each) => switches.includes(each.switch)) || ports.some(({ id }) => id === port);
}

/** A switch that is not there is missed once, however many bindings it should have. */
function withoutTwins(problems: readonly SwitchProblem[]): readonly SwitchProblem[] {
  const missed = new Set<string | undefined>();
  return problems.filter(({ code, switch: name }) => {
    if (code !== 'SWITCH_NOT_FOUND') return true;
    const isFirst = !missed.has(name);
    missed.add(name);
    return isFirst;
  });
}

function problemOn(owner: string): (code: Problem['code'], text: string) => Verdict {
  return (code, text) => ({ kind: 'problem', problem: { code, text, switch: owner } });
}

function placeKey(port: RowId, vlan: number): string {
  return `${port} ${vlan}`;
}
