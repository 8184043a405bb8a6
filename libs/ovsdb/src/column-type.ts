/** The type of a column (RFC 7047 §3.2 `<type>`). */

import { ProtocolError } from './errors.js';
import type { Json } from './json.js';
import { isObject } from './json.js';

export type AtomKind = 'integer' | 'real' | 'boolean' | 'string' | 'uuid';

export interface BaseType {
  readonly kind: AtomKind;
  /** Only a few different values are to be expected: references and enumerations. */
  readonly repeats: boolean;
}

export interface ColumnType {
  /** `one`: exactly one atom; `optional`: none or one; `set`; `map`. */
  readonly shape: 'one' | 'optional' | 'set' | 'map';
  readonly key: BaseType;
  /** Of a map. */
  readonly value: BaseType | undefined;
  readonly min: number;
  /** Infinity for `unlimited`. */
  readonly max: number;
}

/** Throws ProtocolError. */
export function readColumnType(json: Json | undefined): ColumnType {
  if (!isObject(json)) {
    return { shape: 'one', key: readBaseType(json), value: undefined, min: 1, max: 1 };
  }
  const key = readBaseType(json['key']);
  const value = json['value'] === undefined ? undefined : readBaseType(json['value']);
  const min = typeof json['min'] === 'number' ? json['min'] : 1;
  const max = json['max'] === 'unlimited' ? Infinity : typeof json['max'] === 'number' ? json['max'] : 1;
  return { shape: shapeOf(value, min, max), key, value, min, max };
}

function shapeOf(value: BaseType | undefined, min: number, max: number): ColumnType['shape'] {
  if (value !== undefined) return 'map';
  if (max > 1) return 'set';
  return min === 0 ? 'optional' : 'one';
}

function readBaseType(json: Json | undefined): BaseType {
  const spelled = isObject(json) ? json['type'] : json;
  const repeats = isObject(json) && (json['refTable'] !== undefined || json['enum'] !== undefined);
  switch (spelled) {
    case 'integer':
    case 'real':
    case 'boolean':
    case 'string':
    case 'uuid':
      return { kind: spelled, repeats };
    default:
      throw new ProtocolError(`a schema with an unknown atomic type: ${JSON.stringify(json)}`);
  }
}
