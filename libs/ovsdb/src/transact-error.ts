/** What a server says when a transaction did not happen (RFC 7047 §4.1.3 and §5.2), one class per kind. */

import { OvsdbError } from './errors.js';

export interface Refusal {
  /** Position of the failing operation; undefined when all succeeded and the commit failed. */
  readonly operation: number | undefined;
  /** The server's words. */
  readonly error: string;
  readonly details: string | undefined;
}

/** No part of the transaction was executed. */
export abstract class TransactError extends OvsdbError {
  readonly operation: number | undefined;
  readonly error: string;
  readonly details: string | undefined;

  constructor(refusal: Refusal) {
    const where = refusal.operation === undefined ? 'commit' : `operation ${refusal.operation}`;
    super(`${where}: ${refusal.error}${refusal.details === undefined ? '' : ` (${refusal.details})`}`);
    this.operation = refusal.operation;
    this.error = refusal.error;
    this.details = refusal.details;
  }
}

/** A column constraint, an index or maxRows would be violated: often somebody else was faster. */
export class ConstraintViolation extends TransactError {
  readonly code = 'OVSDB_CONSTRAINT_VIOLATION';
  override readonly retryable = true;
}

/** A row refers to one that does not exist, or one that is still referred to would vanish. */
export class ReferentialIntegrityViolation extends TransactError {
  readonly code = 'OVSDB_REFERENTIAL_INTEGRITY';
  override readonly retryable = true;
}

/** A `wait` did not find what it was told to expect. */
export class WaitTimedOut extends TransactError {
  readonly code = 'OVSDB_WAIT_TIMED_OUT';
  override readonly retryable = true;
}

/** An `assert` found that the lock belongs to another session. */
export class NotOwner extends TransactError {
  readonly code = 'OVSDB_NOT_OWNER';
  override readonly retryable = true;
}

/** The server's RBAC or read-only mode forbids it. */
export class PermissionDenied extends TransactError {
  readonly code = 'OVSDB_PERMISSION_DENIED';
}

/** The operation cannot be right: syntax, an unknown table or column, a value out of range. */
export class InvalidOperation extends TransactError {
  readonly code = 'OVSDB_INVALID_OPERATION';
}

/** Anything else a server may answer, for example `duplicate uuid`, `aborted` or `I/O error`. */
export class TransactRefused extends TransactError {
  readonly code = 'OVSDB_TRANSACT_REFUSED';
}

const KINDS: ReadonlyMap<string, new (refusal: Refusal) => TransactError> = new Map<
  string,
  new (refusal: Refusal) => TransactError
>([
  ['constraint violation', ConstraintViolation],
  ['referential integrity violation', ReferentialIntegrityViolation],
  ['timed out', WaitTimedOut],
  ['not owner', NotOwner],
  ['permission error', PermissionDenied],
  ['not allowed', PermissionDenied],
  ['syntax error', InvalidOperation],
  ['unknown column', InvalidOperation],
  ['unknown table', InvalidOperation],
  ['domain error', InvalidOperation],
  ['range error', InvalidOperation],
  ['ovsdb error', InvalidOperation],
]);

/** The class that stands for the server's word. */
export function transactError(refusal: Refusal): TransactError {
  const Kind = KINDS.get(refusal.error) ?? TransactRefused;
  return new Kind(refusal);
}
