import { LONGEST_PATH } from '../import/judge-path.js';
import type { WaySight } from '../ways/select-way.js';

/** Who may be told of a third cloud. */
export interface RelayTerms {
  readonly own: string;
  readonly receiver: string;
  /** Peers of which an operator wants that what they tell is passed on, and that are passed on to. */
  readonly transit: ReadonlySet<string>;
}

/**
 * Whether what is heard of a cloud is passed on. `unknown`: nothing is known whole yet, so nothing is said and nothing taken back. It
 * never goes back to where it came from, nor to a cloud that has passed it on, and to no more than four clouds in a row.
 */
export function resolveRelay(
  way: WaySight | undefined,
  { own, receiver, transit }: RelayTerms,
): 'told' | 'unknown' | 'untold' {
  if (!transit.has(receiver)) return 'untold';
  if (way === undefined) return [...transit].some((each) => each !== receiver) ? 'unknown' : 'untold';
  const isRound = way.path.includes(receiver) || way.path.includes(own);
  return transit.has(way.name) && !way.isOver && !isRound && way.path.length < LONGEST_PATH ? 'told' : 'untold';
}
