import type { Locator } from '../switch/locator.js';
import type { FloodChange } from '../switch/network-change.js';
import type { FloodRow } from '../switch/switch-contents.js';

export const UNKNOWN_DST = 'unknown-dst';

/**
 * What must change in one logical switch's Mcast_Macs_Remote so that exactly one `unknown-dst` row floods to exactly `desired`
 * (vtep(5): unknown unicast, broadcast and other multicast), or none if nobody is to be flooded to. With two rows the switch's
 * behaviour is undefined, so all but one go.
 */
export function planFloodSet(desired: readonly Locator[], actual: readonly FloodRow[]): FloodChange {
  const rows = actual.filter((row) => row.mac === UNKNOWN_DST).sort((a, b) => (a.id < b.id ? -1 : 1));
  const right = rows.find((row) => isRight(row, desired));
  const kept = desired.length === 0 ? undefined : (right ?? rows[0]);
  const remove = actual.filter((row) => row !== kept).map((row) => row.id);
  const isDone = desired.length === 0 || right !== undefined;
  return { remove, write: isDone ? undefined : { row: kept?.id, locators: desired } };
}

function isRight({ locators }: FloodRow, desired: readonly Locator[]): boolean {
  const members = new Set(locators);
  return (
    members.size === desired.length &&
    locators.length === desired.length &&
    desired.every((locator) => members.has(locator))
  );
}
