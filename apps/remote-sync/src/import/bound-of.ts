import type { Bound } from '@l2gw/tables';
import { FLOOD_KEY } from '../peers/stretch-rows.js';
import type { Room } from './room.js';

/** So many times what the limits allow is held: those that wait for room, and such as are refused for other reasons. */
const SPARE = 2;

/** Who has accepted, or had accepted, some of a table. */
export interface Keeper {
  /** It is known what was accepted before. */
  readonly isRecalled: boolean;
  keeps(key: string): boolean;
}

/** How much is held of what a peer may say without end. What was accepted stays, and so does where the peer's end is. */
export function boundOf(room: Room, keeper: () => Keeper | undefined): Bound {
  return {
    most: () => SPARE * Math.min(room.limits.macs, room.limits.total) + 1,
    keeps: (key) => key === FLOOD_KEY || keeper()?.keeps(key) === true,
    isKnown: () => keeper()?.isRecalled !== false,
  };
}
