/** What is known of a connection on one of its switches. */
export interface SwitchState {
  readonly switch: string;
  /** Hash of the row that the switch should have; absent while the compiler has not come to it. */
  readonly wanted: string | undefined;
  /** Hash of the row that the agent speaks of. */
  readonly confirmed: string | undefined;
  readonly applied: boolean;
  /** MACs that have been waiting too long to be written. */
  readonly behind: number;
  readonly problems: readonly { readonly code: string; readonly text: string }[];
  /** Faults that the switch reports of itself or of a port that the connection binds, as `PORT_FAULT Ethernet40: text`. */
  readonly faults: readonly string[];
  /** Why the agent and its switch cannot be relied on now; absent if they can. */
  readonly absence: string | undefined;
}

export type ConnectionStatus = 'BUILD' | 'ACTIVE' | 'DEGRADED' | 'ERROR';

export interface StatusWithReason {
  readonly status: ConnectionStatus;
  /** Empty when the status is `ACTIVE`. */
  readonly reason: string;
}

/**
 * `ACTIVE` when every switch has confirmed exactly what it should have and nothing is wrong; `BUILD` while a switch that answers has
 * not come to it, or none has answered yet; `ERROR` when no switch does it; else `DEGRADED`.
 */
export function statusOf(switches: readonly SwitchState[]): StatusWithReason {
  const verdicts = switches.map(verdictOf);
  const reason = verdicts.flatMap((each) => each.reasons).join('; ');
  const has = (kind: Verdict['kind']) => verdicts.some((each) => each.kind === kind);
  if (verdicts.every((each) => each.kind === 'good')) return { status: 'ACTIVE', reason };
  if (has('pending')) return { status: 'BUILD', reason };
  if (has('good') || has('shaky')) return { status: 'DEGRADED', reason };
  return { status: has('bad') ? 'ERROR' : 'BUILD', reason };
}

/** `shaky`: the switch has it, but something is wrong or it cannot be asked; `absent`: it does not have it and cannot be asked. */
interface Verdict {
  readonly kind: 'good' | 'shaky' | 'pending' | 'absent' | 'bad';
  readonly reasons: readonly string[];
}

function verdictOf(state: SwitchState): Verdict {
  const say = (...texts: readonly string[]) => texts.map((text) => `${state.switch}: ${text}`);
  const current = state.wanted !== undefined && state.confirmed === state.wanted;
  if (current && !state.applied) {
    return { kind: 'bad', reasons: say(...state.problems.map((each) => `${each.code} ${each.text}`)) };
  }
  if (state.absence !== undefined) return { kind: current ? 'shaky' : 'absent', reasons: say(state.absence) };
  if (!current) return { kind: 'pending', reasons: say('PENDING the switch has not confirmed it yet') };
  const flaws = [...state.faults, ...state.problems.map((each) => `${each.code} ${each.text}`), ...behindOf(state)];
  if (flaws.length > 0) return { kind: 'shaky', reasons: say(...flaws) };
  return { kind: 'good', reasons: [] };
}

/** The network is on the switch, and later changes come late. */
function behindOf({ behind }: SwitchState): readonly string[] {
  return behind === 0 ? [] : [`BEHIND ${behind} ${behind === 1 ? 'MAC has' : 'MACs have'} not come to the switch yet`];
}
