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

export function mapOfTexts(row: Row, column: string): ReadonlyMap<string, string> {
  const pairs = pairsIn(row, column);
  return new Map(
    pairs.flatMap(([key, value]) => (typeof key === 'string' && typeof value === 'string' ? [[key, value]] : [])),
  );
}

/** For maps such as VLAN → row. */
export function mapOfNumbersToTexts(row: Row, column: string): ReadonlyMap<number, string> {
  const pairs = pairsIn(row, column);
  return new Map(
    pairs.flatMap(([key, value]) => (typeof key === 'number' && typeof value === 'string' ? [[key, value]] : [])),
  );
}

function pairsIn(row: Row, column: string): readonly (readonly [Scalar, Scalar])[] {
  const value = row[column];
  return value instanceof Map ? [...value] : [];
}
