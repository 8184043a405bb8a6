import type { Problem } from '@l2gw/contracts';
import { resolveConfirmation, type Standing } from './resolve-confirmation.js';

const DONE: Standing = { row: 'hash', logicalSwitch: 'written', problems: [], isFilled: true, refusals: [] };
const PROBLEM: Problem = { code: 'CONFLICT', text: 'taken' };
const TUNNEL: Problem = { code: 'CAPABILITY_MISSING', text: 'no keys', connection: 'c1' };
const say = (difference: Partial<Standing>) => resolveConfirmation('n1', { ...DONE, ...difference });
const failed = (...problems: Problem[]) => ({
  report: 'logical-switch',
  network: 'n1',
  row: 'hash',
  state: 'failed',
  problems,
});

describe('What is said of a network', () => {
  it.each([
    [
      'applied when everything is there',
      {},
      { report: 'logical-switch', network: 'n1', row: 'hash', state: 'applied', problems: [] },
    ],
    ['nothing while a new logical switch is being filled', { isFilled: false }, 'none'],
    ['nothing new before the MACs were compared', { isFilled: undefined }, 'unchanged'],
    [
      'applied, with the problem, when only a remote gateway connection has one',
      { problems: [TUNNEL] },
      { report: 'logical-switch', network: 'n1', row: 'hash', state: 'applied', problems: [TUNNEL] },
    ],
    ['failed with the problem, also if the rest is there', { problems: [PROBLEM] }, failed(PROBLEM)],
    ['failed when the switch refuses a MAC', { refusals: [PROBLEM] }, failed(PROBLEM)],
    ['failed when it cannot be there', { logicalSwitch: 'absent', problems: [PROBLEM] }, failed(PROBLEM)],
    ['nothing any more when it is gone and not wanted', { row: undefined, logicalSwitch: 'absent' }, 'none'],
    ['nothing new while a binding waits', { row: undefined }, 'unchanged'],
  ] as const)('is %s', (_, difference, expected) => {
    expect(say(difference)).toEqual(expected);
  });
});
