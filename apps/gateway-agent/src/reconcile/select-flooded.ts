import type { Locator } from '../switch/locator.js';

/** What a choice is made from. */
export interface FloodChoices {
  /** How many the switch honours; all if absent. */
  readonly most: number | undefined;
  /** To whom it floods now. */
  readonly now: readonly (Locator | undefined)[];
  /** Whose tunnels do not forward. */
  readonly down: ReadonlySet<Locator>;
}

/**
 * To whom of `everybody` a switch floods that honours only a few members: who has been chosen stays chosen as long as its tunnel
 * forwards, so that nothing moves without need. If no tunnel forwards, anybody is as good as the others.
 */
export function selectFlooded(everybody: readonly Locator[], { most, now, down }: FloodChoices): readonly Locator[] {
  if (most === undefined || everybody.length <= most) return everybody;
  const rank = (each: Locator): number => (down.has(each) ? 2 : 0) + (now.includes(each) ? 0 : 1);
  const ranked = [...everybody].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return ranked.slice(0, most).sort();
}
