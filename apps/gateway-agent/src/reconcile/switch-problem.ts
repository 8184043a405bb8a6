import type { Problem } from '@l2gw/contracts';

/** A problem of one switch of the database, named; without a name it is one of all that want the network. */
export interface SwitchProblem extends Problem {
  readonly switch?: string;
}

/** Those of the problems that concern this switch, as they are told. */
export function problemsOf(switchName: string, problems: readonly SwitchProblem[]): readonly Problem[] {
  return problems
    .filter((each) => each.switch === undefined || each.switch === switchName)
    .map(({ switch: _, ...problem }) => problem);
}

export const SWITCH_NOT_FOUND: Problem = {
  code: 'SWITCH_NOT_FOUND',
  text: 'the database has no switch of this name: wait for it to boot, or correct L2GW_SWITCH_NAME',
};
