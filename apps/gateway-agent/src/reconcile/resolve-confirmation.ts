import type { Confirmation, Problem } from '@l2gw/contracts';

/** How far a network has come on the switch. */
export interface Standing {
  /** Hash of the row of the switch table that was worked on; absent for a network that should not be there. */
  readonly row: string | undefined;
  /** `written`: logical switch, bindings and flood set are as that row says. */
  readonly logicalSwitch: 'unknown' | 'absent' | 'written';
  /** Why it is not as it should be. */
  readonly problems: readonly Problem[];
  /**
   * Every MAC of the network's table has been on this logical switch; MACs that come later lag, but take nothing back.
   * Unknown for a logical switch that was found and not compared yet.
   */
  readonly isFilled: boolean | undefined;
  /** MAC → why the switch refuses it. */
  readonly refusals: ReadonlyMap<string, Problem>;
}

/** What to say of a network: `unchanged` while nothing is known that contradicts what was said before. */
export function resolveConfirmation(network: string, standing: Standing): Confirmation | 'unchanged' | 'none' {
  const { row, logicalSwitch, isFilled } = standing;
  if (row === undefined) return logicalSwitch === 'absent' ? 'none' : 'unchanged';
  const problems = [...standing.problems, ...refusalsIn(standing)];
  const isFailed = standing.problems.some(isFatal);
  if (isFailed) return { report: 'logical-switch', network, row, state: 'failed', problems };
  if (logicalSwitch === 'absent' || isFilled === false) return 'none';
  if (logicalSwitch === 'unknown' || isFilled === undefined) return 'unchanged';
  return { report: 'logical-switch', network, row, state: 'applied', problems };
}

const HARMLESS: readonly Problem['code'][] = ['SERVICE_NODE_MISSING', 'DRIFT', 'SETTINGS_DIFFER'];

/** A network that floods to nobody, that others have changed, that has another switch's settings, or that does not reach another cloud, is there for everything else. */
function isFatal({ code, connection }: Problem): boolean {
  return connection === undefined && !HARMLESS.includes(code);
}

/** MACs that are named of each kind of refusal. */
const NAMED = 3;

/** One problem of each kind: how many MACs, the first of them, and the cause of one in the switch's words. */
function refusalsIn({ refusals }: Standing): readonly Problem[] {
  const kinds = new Map<Problem['code'], { readonly macs: string[]; readonly text: string }>();
  for (const [mac, { code, text }] of refusals) {
    const kind = kinds.get(code) ?? { macs: [], text };
    kinds.set(code, kind);
    kind.macs.push(mac);
  }
  return [...kinds].map(([code, { macs, text }]) => ({ code, text: `${count(macs)}: ${text}` }));
}

function count(macs: readonly string[]): string {
  const more = macs.length > NAMED ? ` and ${macs.length - NAMED} more` : '';
  return `${macs.length === 1 ? 'MAC' : `${macs.length} MACs`} ${macs.slice(0, NAMED).join(', ')}${more}`;
}
