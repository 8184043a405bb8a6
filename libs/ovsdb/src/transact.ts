/** Reads the reply to a transaction (RFC 7047 §4.1.3). Border file: here JSON becomes the types of the operations. */

import { ProtocolError, wordsOf } from './errors.js';
import type { Json, JsonObject } from './json.js';
import { isArray, isObject } from './json.js';
import type { Uuid } from './notation.js';
import type { Delete, Insert, Mutate, Operation, Select, Update } from './operations.js';
import { transactError } from './transact-error.js';

export interface Inserted {
  /** May be the identity of a row that never exists, if nothing refers to it and its table is not a root. */
  readonly uuid: Uuid;
}

export interface Counted {
  /** Rows that matched, changed or not. */
  readonly count: number;
}

export interface Selected {
  /** In the notation of the wire. */
  readonly rows: readonly JsonObject[];
}

export type Done = Readonly<Record<string, never>>;

export type ResultOf<Op extends Operation> = Op extends Insert
  ? Inserted
  : Op extends Update | Mutate | Delete
    ? Counted
    : Op extends Select
      ? Selected
      : Done;

export type ResultsOf<Ops extends readonly Operation[]> = { readonly [Index in keyof Ops]: ResultOf<Ops[Index]> };

/**
 * One result per operation. Throws the TransactError of the first element that is an error: an operation that failed
 * is followed by nulls, a commit that failed is one element more than there are operations.
 */
export function readResults<const Ops extends readonly Operation[]>(operations: Ops, reply: Json): ResultsOf<Ops> {
  if (!isArray(reply)) throw new ProtocolError('the result of a transaction is not an array');
  reply.forEach((element, index) => refuse(element, index < operations.length ? index : undefined));
  const results = operations.map((operation, index) => readResult(operation, reply[index]));
  return results as ResultsOf<Ops>;
}

function refuse(element: Json, operation: number | undefined): void {
  if (!isObject(element) || !('error' in element)) return;
  throw transactError({ operation, ...wordsOf(element) });
}

function readResult(operation: Operation, element: Json | undefined): Inserted | Counted | Selected | Done {
  if (!isObject(element))
    throw new ProtocolError(`a transaction without an error has no result for its ${operation.op}`);
  switch (operation.op) {
    case 'insert':
      return { uuid: readUuid(element['uuid']) };
    case 'update':
    case 'mutate':
    case 'delete':
      return { count: readCount(element['count']) };
    case 'select':
      return { rows: readRows(element['rows']) };
    default:
      return {};
  }
}

function readUuid(wire: Json | undefined): Uuid {
  const id = isArray(wire) && wire[0] === 'uuid' ? wire[1] : undefined;
  if (typeof id !== 'string') throw new ProtocolError('the result of an insert has no uuid');
  return id;
}

function readCount(wire: Json | undefined): number {
  if (typeof wire !== 'number') throw new ProtocolError('a result has no count');
  return wire;
}

function readRows(wire: Json | undefined): readonly JsonObject[] {
  if (!isArray(wire) || !wire.every(isObject)) throw new ProtocolError('the result of a select has no rows');
  return wire;
}
