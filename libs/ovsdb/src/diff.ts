/** How `update2` and `update3` write the change of a set or a map (ovsdb-server(7), "Update2 Notification"). */

import type { Scalar } from './value.js';

/** What stands in exactly one of the two. */
export function changeSet(current: readonly Scalar[], difference: readonly Scalar[]): readonly Scalar[] {
  const result = new Set(current);
  for (const element of difference) if (!result.delete(element)) result.add(element);
  return [...result];
}

/** A pair that is there goes, a key with another value gets the new one, a key that is absent comes. */
export function changeMap(
  current: ReadonlyMap<Scalar, Scalar>,
  difference: ReadonlyMap<Scalar, Scalar>,
): ReadonlyMap<Scalar, Scalar> {
  const result = new Map(current);
  for (const [key, value] of difference) {
    if (result.get(key) === value) result.delete(key);
    else result.set(key, value);
  }
  return result;
}
