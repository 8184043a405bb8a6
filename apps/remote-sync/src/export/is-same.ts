import type { StretchRow } from '@l2gw/contracts';

/** Whether nothing is said of these stretches that was not said before. */
export function isSame(one: readonly StretchRow[], other: readonly StretchRow[]): boolean {
  return one.length === other.length && one.every((row, at) => row === other[at]);
}
