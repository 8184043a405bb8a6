import type { KeyedRow, RowOp } from './source.js';

/**
 * Where pushed tables are kept: PostgreSQL in the product.
 *
 * For each table it holds the rows and one mark (epoch, position). An epoch is issued to one pusher at a time and only
 * grows; positions only grow within an epoch. Every call is one transaction that locks the mark first. In every call:
 *  - an epoch below the stored (or the last issued) one is refused;
 *  - an epoch above the stored one means that nothing of this epoch is stored yet: its position counts as −1.
 */
export interface PushStore {
  /** Applies the ops and moves the position to `to`, only if the stored epoch equals `epoch` and the position `from`. */
  apply(table: string, push: PushDelta): Promise<PushMark>;
  /** Which of the 256 buckets differ from ours. Writes nothing. */
  compare(table: string, push: PushCompare): Promise<PushComparison>;
  /**
   * Makes the bucket hold exactly these rows, writing only what differs, and moves the mark to (`epoch`, `at`); only if the
   * stored position is not above `at`. An old message that arrives late changes nothing by this rule.
   */
  replace(table: string, push: PushReplace): Promise<PushMark>;
  /**
   * Moves the mark to (`epoch`, `to`) if the digest of the whole table equals `digest` and the stored position is not above
   * `at`. If it is `to` already, or the digest is another, nothing is written.
   */
  settle(table: string, push: PushSettle): Promise<PushSettled>;
}

export interface PushDelta {
  readonly epoch: number;
  readonly from: number;
  readonly to: number;
  readonly ops: readonly RowOp[];
}

export interface PushCompare {
  readonly epoch: number;
  /** 256 bucket digests. */
  readonly buckets: readonly string[];
}

export interface PushReplace {
  readonly epoch: number;
  readonly at: number;
  readonly bucket: number;
  readonly rows: readonly KeyedRow[];
}

export interface PushSettle {
  readonly epoch: number;
  readonly at: number;
  readonly to: number;
  readonly digest: string;
}

/** A higher epoch has been issued to somebody else: the pusher is no longer the active one. */
export interface EpochRefused {
  readonly refused: 'epoch';
  readonly epoch: number;
}

/** There is no such table that this pusher could write. */
export interface ClientRefused {
  readonly refused: 'client';
}

type Refused = EpochRefused | ClientRefused;

/** An answer that is not a refusal. */
export type Granted<Answer> = Exclude<Answer, Refused>;

/** The position after the call, whether or not the call changed it. */
export type PushMark = { readonly position: number } | Refused;

export type PushComparison = { readonly position: number; readonly differing: readonly number[] } | Refused;

/** The position and the digest of the whole table after the call. */
export type PushSettled = { readonly position: number; readonly digest: string } | Refused;
