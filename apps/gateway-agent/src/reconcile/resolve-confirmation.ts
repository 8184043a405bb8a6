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
  /** What the switch refused of single MACs. */
  readonly refusals: readonly Problem[];
}

/** What to say of a network: `unchanged` while nothing is known that contradicts what was said before. */
export function resolveConfirmation(network: string, standing: Standing): Confirmation | 'unchanged' | 'none' {
  const { row, logicalSwitch, isFilled } = standing;
  if (row === undefined) return logicalSwitch === 'absent' ? 'none' : 'unchanged';
  const problems = [...standing.problems, ...standing.refusals];
  const isFailed = problems.some((problem) => problem.connection === undefined);
  if (isFailed) return { report: 'logical-switch', network, row, state: 'failed', problems };
  if (logicalSwitch === 'absent' || isFilled === false) return 'none';
  if (logicalSwitch === 'unknown' || isFilled === undefined) return 'unchanged';
  return { report: 'logical-switch', network, row, state: 'applied', problems };
}
