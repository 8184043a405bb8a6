/** The value of a column as programs hold it. */

/** Integers above 2^53 lose digits; a UUID is its text. */
export type Scalar = string | number | boolean;

/** A scalar for a column of exactly one, an array for a set, a map for a map; undefined for an optional column without one. */
export type Value = Scalar | readonly Scalar[] | ReadonlyMap<Scalar, Scalar> | undefined;

/** A row; the selected columns that the server has are its keys. */
export type Row = Readonly<Record<string, Value>>;

/** Sets and maps are equal whatever the order of their elements. */
export function sameValue(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one instanceof Map) return other instanceof Map && sameMap(one, other);
  return Array.isArray(one) && Array.isArray(other) && sameSet(one, other);
}

export function sameRow(one: Row, other: Row): boolean {
  const columns = Object.keys(one);
  return (
    columns.length === Object.keys(other).length &&
    columns.every((each) => each in other && sameValue(one[each], other[each]))
  );
}

function sameSet(one: readonly Scalar[], other: readonly Scalar[]): boolean {
  if (one.length !== other.length) return false;
  if (one.every((each, index) => each === other[index])) return true;
  const there = new Set(other);
  return one.every((each) => there.has(each));
}

function sameMap(one: ReadonlyMap<Scalar, Scalar>, other: ReadonlyMap<Scalar, Scalar>): boolean {
  if (one.size !== other.size) return false;
  for (const [key, value] of one) if (other.get(key) !== value) return false;
  return true;
}
