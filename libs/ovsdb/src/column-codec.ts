/** Whole columns between wire and program, as the schema types them. */

import type { ReadAtom } from './atom.js';
import { atomReader, DEFAULT_ATOM, Interner, writeAtom } from './atom.js';
import type { BaseType, ColumnType } from './column-type.js';
import { changeMap, changeSet } from './diff.js';
import { NotationError } from './errors.js';
import type { Json } from './json.js';
import type { WireValue } from './notation.js';
import { elementsOf, mapOf, optional, pairsOf, setOf } from './notation.js';
import type { Scalar, Value } from './value.js';

export interface ColumnCodec {
  /** What the server leaves out of an initial row. */
  readonly initial: Value;
  /** Throws NotationError. */
  readonly read: (wire: Json) => Value;
  /** The value after a difference of `update2`. Throws NotationError. */
  readonly change: (current: Value, difference: Json) => Value;
}

const NOTHING: readonly Scalar[] = [];
const NO_PAIRS: ReadonlyMap<Scalar, Scalar> = new Map<Scalar, Scalar>();

export function columnCodec(type: ColumnType, interner: Interner = new Interner()): ColumnCodec {
  const key = atomReader(type.key, interner);
  const first = DEFAULT_ATOM[type.key.kind];
  if (type.value !== undefined) return mapCodec(type, key, type.value, interner);
  switch (type.shape) {
    case 'set':
      return setCodec(key, type.min === 0 ? NOTHING : [first]);
    case 'optional':
      return replacing(undefined, (wire) => readOptional(key, wire));
    default:
      return replacing(first, (wire) => key(elementsOf(wire).length === 1 ? (elementsOf(wire)[0] ?? wire) : wire));
  }
}

/** The other direction. Throws NotationError for a value that the column cannot hold. */
export function writeValue(type: ColumnType, value: Value): WireValue {
  if (type.value !== undefined) return writeMap(type.key, type.value, value);
  if (type.shape === 'set') {
    if (!Array.isArray(value)) throw new NotationError('a set column takes an array');
    return setOf(value.map((each: Scalar) => writeAtom(type.key, each)));
  }
  if (value === undefined && type.shape === 'optional') return optional(undefined);
  if (value === undefined || typeof value === 'object') throw new NotationError('a scalar column takes one scalar');
  return writeAtom(type.key, value);
}

/** Columns of at most one element: their difference is simply the new value. */
function replacing(initial: Value, read: (wire: Json) => Value): ColumnCodec {
  return { initial, read, change: (_current, wire) => read(wire) };
}

function readOptional(key: ReadAtom, wire: Json): Value {
  const [only, ...more] = elementsOf(wire);
  if (more.length > 0) throw new NotationError(`more than one element in an optional column: ${JSON.stringify(wire)}`);
  return only === undefined ? undefined : key(only);
}

function setCodec(key: ReadAtom, initial: readonly Scalar[]): ColumnCodec {
  const read = (wire: Json): readonly Scalar[] => {
    const elements = elementsOf(wire);
    return elements.length === 0 ? NOTHING : elements.map((each) => key(each));
  };
  const change = (current: Value, wire: Json) => changeSet(Array.isArray(current) ? current : NOTHING, read(wire));
  return { initial, read, change };
}

function mapCodec(type: ColumnType, key: ReadAtom, valueType: BaseType, interner: Interner): ColumnCodec {
  const value = atomReader(valueType, interner);
  const read = (wire: Json) => readMap(key, value, wire);
  const initial = type.min === 0 ? NO_PAIRS : new Map([[DEFAULT_ATOM[type.key.kind], DEFAULT_ATOM[valueType.kind]]]);
  if (type.max === 1) return replacing(initial, read);
  return {
    initial,
    read,
    change: (current, wire) => changeMap(current instanceof Map ? current : NO_PAIRS, read(wire)),
  };
}

function readMap(key: ReadAtom, value: ReadAtom, wire: Json): ReadonlyMap<Scalar, Scalar> {
  const pairs = pairsOf(wire);
  if (pairs.length === 0) return NO_PAIRS;
  const map = new Map<Scalar, Scalar>();
  for (const pair of pairs) {
    const [left, right]: readonly (Json | undefined)[] = Array.isArray(pair) ? pair : [];
    if (left === undefined || right === undefined) throw new NotationError(`not a pair: ${JSON.stringify(pair)}`);
    map.set(key(left), value(right));
  }
  return map;
}

function writeMap(key: BaseType, valueType: BaseType, value: Value): WireValue {
  if (!(value instanceof Map)) throw new NotationError('a map column takes a map');
  const pairs: readonly (readonly [Scalar, Scalar])[] = [...value];
  return mapOf(pairs.map(([left, right]) => [writeAtom(key, left), writeAtom(valueType, right)]));
}
