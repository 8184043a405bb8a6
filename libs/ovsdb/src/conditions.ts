/** Which rows an operation is about (RFC 7047 §5.1 `<condition>`). */

import type { Uuid, WireValue } from './notation.js';
import { uuid } from './notation.js';

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'includes' | 'excludes';
export type Condition = readonly [column: string, comparison: Comparison, value: WireValue];

export function equals(column: string, value: WireValue): Condition {
  return [column, '==', value];
}

export function includes(column: string, value: WireValue): Condition {
  return [column, 'includes', value];
}

export function excludes(column: string, value: WireValue): Condition {
  return [column, 'excludes', value];
}

/** The row itself: a hash look-up in the server, where any other condition reads the whole table. */
export function rowIs(id: Uuid): readonly Condition[] {
  return [['_uuid', '==', uuid(id)]];
}

/** Every row of the table. */
export const EVERY_ROW: readonly Condition[] = [];
