import type { CheckEntry, Epoch, Position, RowOp } from './source.js';
import type {
  ClientRefused,
  EpochRefused,
  PushCompare,
  PushComparison,
  PushDelta,
  PushMark,
  PushReplace,
  PushSettle,
  PushSettled,
} from './push-store.js';

/** The messages that only the wire knows; the answers to requests are those of `TableSource` and `PushStore`. */
export type TableMessage = DeltaMessage | BeatMessage;

/** Turns a table at a revision in [`from`, `to`) into the table at `to`. */
export interface DeltaMessage {
  readonly kind: 'delta';
  readonly epoch: Epoch;
  readonly from: number;
  readonly to: number;
  readonly ops: readonly RowOp[];
}

/** What the table was when it had been quiet for a moment. */
export interface BeatMessage {
  readonly kind: 'beat';
  readonly epoch: Epoch;
  readonly revision: number;
  readonly digest: string;
}

/** One a second for each writer: it lives, it is this instance, it has come this far. */
export interface LifeSign extends Position {
  readonly instance: string;
  readonly at: number;
}

export interface CheckRequest {
  readonly tables: readonly CheckEntry[];
}

export interface SinceRequest {
  readonly table: string;
  readonly revision: number;
}

export interface DigestRequest {
  readonly table: string;
}

export interface BucketRequest {
  readonly table: string;
  readonly bucket: number;
}

export interface SnapshotRequest {
  readonly table: string;
  readonly cursor?: string;
}

/** Any request may meet a server that has enough to do or that failed. */
export interface Busy {
  readonly state: 'busy';
  readonly retryAfterMs: number;
}

export type PushRequest =
  | ({ readonly verb: 'apply' } & PushDelta)
  | ({ readonly verb: 'compare' } & PushCompare)
  | ({ readonly verb: 'replace' } & PushReplace)
  | ({ readonly verb: 'settle' } & PushSettle);

/** `client`: this client does not own the table. `busy`: try again later. */
export type PushRefused = EpochRefused | ClientRefused | { readonly refused: 'busy'; readonly retryAfterMs: number };

export type PushAnswer = PushMark | PushComparison | PushSettled | PushRefused;
