/** Single atoms between wire and program (RFC 7047 §5.1 `<atom>`). */

import type { AtomKind, BaseType } from './column-type.js';
import { NotationError } from './errors.js';
import type { Json } from './json.js';
import { isArray } from './json.js';
import type { WireAtom } from './notation.js';
import type { Scalar } from './value.js';

export type ReadAtom = (wire: Json) => Scalar;

/** What a column holds that nobody set (RFC 7047 §5.2.1). */
export const DEFAULT_ATOM: Readonly<Record<AtomKind, Scalar>> = {
  integer: 0,
  real: 0,
  boolean: false,
  string: '',
  uuid: '00000000-0000-0000-0000-000000000000',
};

const INTERNED_LIMIT = 65_536;

/** One copy of every text that comes again and again; forgets all when it has grown too large. */
export class Interner {
  private readonly known = new Map<string, string>();

  intern(text: string): string {
    const one = this.known.get(text);
    if (one !== undefined) return one;
    if (this.known.size >= INTERNED_LIMIT) this.known.clear();
    this.known.set(text, text);
    return text;
  }
}

/** A reader for atoms of one type. The reader throws NotationError for any other. */
export function atomReader(base: BaseType, interner: Interner): ReadAtom {
  if (base.kind === 'uuid') {
    return base.repeats ? (wire) => interner.intern(readUuid(wire)) : readUuid;
  }
  const wanted = base.kind === 'integer' || base.kind === 'real' ? 'number' : base.kind;
  const read = wanted === 'string' ? readString : wanted === 'number' ? readNumber : readBoolean;
  return base.repeats && wanted === 'string' ? (wire) => interner.intern(readString(wire)) : read;
}

/** Throws NotationError if the scalar is not of the column's type. */
export function writeAtom(base: BaseType, scalar: Scalar): WireAtom {
  const fits = typeof scalar === typeof DEFAULT_ATOM[base.kind];
  if (!fits || (base.kind === 'integer' && !Number.isSafeInteger(scalar))) throw misfit(base.kind, scalar);
  return base.kind === 'uuid' && typeof scalar === 'string' ? ['uuid', scalar] : scalar;
}

function readUuid(wire: Json): string {
  const id = isArray(wire) && wire[0] === 'uuid' ? wire[1] : undefined;
  if (typeof id === 'string') return id;
  throw misfit('uuid', wire);
}

function readString(wire: Json): string {
  if (typeof wire === 'string') return wire;
  throw misfit('string', wire);
}

function readNumber(wire: Json): number {
  if (typeof wire === 'number') return wire;
  throw misfit('number', wire);
}

function readBoolean(wire: Json): boolean {
  if (typeof wire === 'boolean') return wire;
  throw misfit('boolean', wire);
}

function misfit(kind: string, found: Json): NotationError {
  return new NotationError(`expected one ${kind}, found ${JSON.stringify(found)}`);
}
