/** An object of the API as it came: attribute → JSON value. */
export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The attribute as text; empty if it is absent or null. */
export function textOf(row: Row, attribute: string): string {
  const value = row[attribute];
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The rows of a list under `key`, or `undefined` if there is no such list. */
export function rowsIn(value: unknown, key: string): readonly Row[] | undefined {
  const list = isRow(value) ? value[key] : undefined;
  return Array.isArray(list) && list.every(isRow) ? list : undefined;
}
