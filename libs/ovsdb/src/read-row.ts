/** Takes a column out of a row as the type the reader expects; another type counts as absent, because schemas differ. */

import type { Row, Scalar } from './value.js';

export function textOf(row: Row, column: string): string | undefined {
  const value = row[column];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(row: Row, column: string): number | undefined {
  const value = row[column];
  return typeof value === 'number' ? value : undefined;
}

export function flagOf(row: Row, column: string): boolean | undefined {
  const value = row[column];
  return typeof value === 'boolean' ? value : undefined;
}

/** The texts of a set, also if the server's schema allows one at most. */
export function textsOf(row: Row, column: string): readonly string[] {
  const value = row[column];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The row's own map, not a copy: a port can have thousands of VLANs. */
export function mapOfTexts(row: Row, column: string): ReadonlyMap<string, string> {
  const map = mapIn(row, column);
  return isMapOf(map, isText, isText) ? map : NO_TEXTS;
}

/** For maps such as VLAN → row; not a copy either. */
export function mapOfNumbersToTexts(row: Row, column: string): ReadonlyMap<number, string> {
  const map = mapIn(row, column);
  return isMapOf(map, isNumber, isText) ? map : NO_NUMBERS;
}

type ScalarMap = ReadonlyMap<Scalar, Scalar>;
type Is<Kind extends Scalar> = (value: Scalar) => value is Kind;

const NO_TEXTS: ReadonlyMap<string, string> = new Map();
const NO_NUMBERS: ReadonlyMap<number, string> = new Map();

/** The schema has one type for all keys of a column, and one for all values: the first pair speaks for all. */
function isMapOf<Key extends Scalar, Item extends Scalar>(
  map: ScalarMap,
  isKey: Is<Key>,
  isItem: Is<Item>,
): map is ReadonlyMap<Key, Item> {
  for (const [key, value] of map) return isKey(key) && isItem(value);
  return false;
}

function isText(value: Scalar): value is string {
  return typeof value === 'string';
}

function isNumber(value: Scalar): value is number {
  return typeof value === 'number';
}

const NO_PAIRS: ScalarMap = new Map();

function mapIn(row: Row, column: string): ScalarMap {
  const value = row[column];
  return value instanceof Map ? value : NO_PAIRS;
}
