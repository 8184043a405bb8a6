/** Values as RFC 7047 §5.1 writes them inside operations. */

import { NotationError } from './errors.js';
import type { Json } from './json.js';

/** A row's identity, as 36 characters. */
export type Uuid = string;

/** What an `<id>` may be: lock names and the names of rows that are being inserted. */
const ID = /^[A-Za-z_][A-Za-z0-9_]*$/;

export type WireUuid = readonly ['uuid', Uuid];
export type WireNamedUuid = readonly ['named-uuid', string];
export type WireAtom = string | number | boolean | WireUuid | WireNamedUuid;
export type WireSet = readonly ['set', readonly WireAtom[]];
export type WireMap = readonly ['map', readonly (readonly [WireAtom, WireAtom])[]];
export type WireValue = WireAtom | WireSet | WireMap;
export type WireRow = { readonly [column: string]: WireValue };

/** A reference to a row that exists. */
export function uuid(id: Uuid): WireUuid {
  return ['uuid', id];
}

/** A reference to a row that the same transaction inserts under this name. Throws NotationError for an illegal name. */
export function namedUuid(name: string): WireNamedUuid {
  return ['named-uuid', checkedId(name)];
}

/** A set; one element is written bare, as the server itself does. */
export function setOf(atoms: Iterable<WireAtom>): WireAtom | WireSet {
  const [first, ...rest] = atoms;
  if (first === undefined) return ['set', []];
  return rest.length === 0 ? first : ['set', [first, ...rest]];
}

/** An optional column: absent is the empty set. */
export function optional(atom: WireAtom | undefined): WireAtom | WireSet {
  return atom ?? ['set', []];
}

export function mapOf(pairs: Iterable<readonly [WireAtom, WireAtom]>): WireMap {
  return ['map', [...pairs]];
}

/** Throws NotationError unless `text` is an RFC 7047 `<id>`: no hyphen, no leading digit. */
export function checkedId(text: string): string {
  if (!ID.test(text)) throw new NotationError(`not an RFC 7047 <id> ([A-Za-z_][A-Za-z0-9_]*): ${JSON.stringify(text)}`);
  return text;
}

/** The elements of a wire set; a bare atom is a set of one. */
export function elementsOf(wire: Json): readonly Json[] {
  if (!Array.isArray(wire)) return [wire];
  const [tag, elements]: readonly Json[] = wire;
  return tag === 'set' && Array.isArray(elements) ? elements : [wire];
}

/** The pairs of a wire map. Throws NotationError for anything else. */
export function pairsOf(wire: Json): readonly Json[] {
  if (Array.isArray(wire)) {
    const [tag, pairs]: readonly Json[] = wire;
    if (tag === 'map' && Array.isArray(pairs)) return pairs;
    if (tag === 'set' && Array.isArray(pairs) && pairs.length === 0) return pairs;
  }
  throw new NotationError(`not a map: ${JSON.stringify(wire)}`);
}
