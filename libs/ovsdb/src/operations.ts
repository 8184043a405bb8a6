/** The ten operations of a transaction (RFC 7047 §5.2). */

import type { Condition } from './conditions.js';
import type { Uuid, WireRow, WireValue } from './notation.js';
import { checkedId } from './notation.js';

export type Mutator = '+=' | '-=' | '*=' | '/=' | '%=' | 'insert' | 'delete';
export type Mutation = readonly [column: string, mutator: Mutator, value: WireValue];

export interface Insert {
  readonly op: 'insert';
  readonly table: string;
  readonly row: WireRow;
  readonly 'uuid-name'?: string;
  /** Chosen by the client; since Open vSwitch 2.13, older servers refuse the member. */
  readonly uuid?: Uuid;
}

export interface Select {
  readonly op: 'select';
  readonly table: string;
  readonly where: readonly Condition[];
  readonly columns?: readonly string[];
}

export interface Update {
  readonly op: 'update';
  readonly table: string;
  readonly where: readonly Condition[];
  readonly row: WireRow;
}

export interface Mutate {
  readonly op: 'mutate';
  readonly table: string;
  readonly where: readonly Condition[];
  readonly mutations: readonly Mutation[];
}

export interface Delete {
  readonly op: 'delete';
  readonly table: string;
  readonly where: readonly Condition[];
}

export interface Wait {
  readonly op: 'wait';
  readonly table: string;
  readonly where: readonly Condition[];
  readonly columns: readonly string[];
  readonly until: '==' | '!=';
  readonly rows: readonly WireRow[];
  /** Milliseconds; always written, because without it the server waits for ever. */
  readonly timeout: number;
}

export interface Assert {
  readonly op: 'assert';
  readonly lock: string;
}

export interface Comment {
  readonly op: 'comment';
  readonly comment: string;
}

export interface Abort {
  readonly op: 'abort';
}

export interface Commit {
  readonly op: 'commit';
  readonly durable: boolean;
}

export type Operation = Insert | Select | Update | Mutate | Delete | Wait | Assert | Comment | Abort | Commit;

export interface InsertIdentity {
  /** A name by which other operations of the same transaction refer to the row. */
  readonly name?: string;
  readonly uuid?: Uuid;
}

/** RFC 7047 §5.2.1. Throws NotationError for an illegal name. */
export function insert(table: string, row: WireRow, identity?: InsertIdentity): Insert {
  const plain = { op: 'insert', table, row } as const;
  if (identity === undefined) return plain; // nearly all rows, and a spread would take longer than everything else
  return {
    ...plain,
    ...(identity.name === undefined ? {} : { 'uuid-name': checkedId(identity.name) }),
    ...(identity.uuid === undefined ? {} : { uuid: identity.uuid }),
  };
}

/** RFC 7047 §5.2.2. A list of columns without `_uuid` merges equal rows. */
export function select(table: string, where: readonly Condition[], columns?: readonly string[]): Select {
  return { op: 'select', table, where, ...(columns === undefined ? {} : { columns }) };
}

/** RFC 7047 §5.2.3. */
export function update(table: string, where: readonly Condition[], row: WireRow): Update {
  return { op: 'update', table, where, row };
}

/** RFC 7047 §5.2.4. Inserting a pair whose key exists changes nothing, and still counts the row. */
export function mutate(table: string, where: readonly Condition[], mutations: readonly Mutation[]): Mutate {
  return { op: 'mutate', table, where, mutations };
}

/** RFC 7047 §5.2.5. */
export function deleteRows(table: string, where: readonly Condition[]): Delete {
  return { op: 'delete', table, where };
}

/** RFC 7047 §5.2.6 as a comparison without waiting: the transaction fails unless the rows are exactly these. */
export function expectRows(
  table: string,
  where: readonly Condition[],
  columns: readonly string[],
  rows: readonly WireRow[],
): Wait {
  return { op: 'wait', table, where, columns, until: '==', rows, timeout: 0 };
}

/** RFC 7047 §5.2.10: fails the transaction unless this session owns the lock. */
export function assertLock(lock: string): Assert {
  return { op: 'assert', lock: checkedId(lock) };
}

/** RFC 7047 §5.2.9. */
export function comment(text: string): Comment {
  return { op: 'comment', comment: text };
}

/** RFC 7047 §5.2.8. */
export function abort(): Abort {
  return { op: 'abort' };
}

/** RFC 7047 §5.2.7 with `durable`: the reply comes after the disk. Costs about six times the time of a small transaction. */
export function commitDurably(): Commit {
  return { op: 'commit', durable: true };
}
