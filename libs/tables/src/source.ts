/**
 * What a writer of tables must be able to answer, at any moment, from the truth it holds.
 *
 * Revisions are numbers that only grow within an epoch; one sequence may serve many tables, so a table's revision is the
 * revision of its last change (a drop counts), and the writer's position is the last revision of all.
 */
export interface TableSource {
  /** The last revision that was given to any row. */
  position(): Promise<Position>;
  /**
   * What differs from the reader's vector: every entry whose revision, digest or state is not exactly ours.
   * An entry whose revision is above our position tells that our database has been set back: raise the epoch first.
   */
  check(entries: readonly CheckEntry[]): Promise<CheckAnswer>;
  /** The rows changed after a revision, each key once, in the order of their revisions, `limit` at most. */
  since(table: string, revision: number, limit: PageLimit): Promise<SinceAnswer>;
  /** The digests of the 256 buckets, all at one revision. */
  digests(table: string): Promise<DigestsAnswer>;
  /** All rows of one bucket. */
  bucket(table: string, bucket: number): Promise<RowsAnswer>;
  /** A page of the table in the order of its keys, after the cursor that the page before gave. */
  snapshot(table: string, cursor: string | undefined, limit: PageLimit): Promise<RowsAnswer>;
  /** Those of the tables that the client may read. Asked before everything else. */
  mayRead(client: string, tables: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Names one history of the writer's revisions; two epochs compare as equal or different, never as older or newer. */
export type Epoch = string;

export interface Position {
  readonly epoch: Epoch;
  readonly revision: number;
}

/** A row is a plain JSON value: what is sent is what is hashed. */
export interface KeyedRow {
  readonly key: string;
  readonly row: object;
}

/** With a row: put. Without: drop. */
export interface RowOp {
  readonly key: string;
  readonly row?: object;
}

/** A page ends at whichever bound comes first, but holds at least one row. */
export interface PageLimit {
  readonly rows: number;
  readonly bytes: number;
}

/** What a reader has of a table. A table that it never had completely has revision −1. */
export interface CheckEntry {
  readonly table: string;
  readonly epoch: Epoch;
  readonly revision: number;
  readonly digest: string;
}

export interface CheckAnswer extends Position {
  readonly differing: readonly CheckDifference[];
}

export type CheckDifference =
  | { readonly table: string; readonly state: 'present'; readonly revision: number; readonly digest: string }
  | { readonly table: string; readonly state: 'removed'; readonly revision: number }
  | { readonly table: string; readonly state: 'unknown' }
  | { readonly table: string; readonly state: 'refused' };

/**
 * Why there is no content. `removed`: the table was there and is known to be empty now; `unknown`: we never heard of it,
 * which says nothing about what it should hold.
 */
export type Absent =
  | { readonly state: 'removed'; readonly epoch: Epoch; readonly revision: number }
  | { readonly state: 'unknown' }
  | { readonly state: 'refused' }
  | { readonly state: 'busy'; readonly retryAfterMs: number };

/**
 * `to` is the revision of the last op if there is more, else the table's revision.
 * `too-old`: what was dropped since may be forgotten; `revision` is the table's, so that a reader who is there already knows it.
 */
export type SinceAnswer =
  | {
      readonly state: 'ops';
      readonly epoch: Epoch;
      readonly from: number;
      readonly to: number;
      readonly ops: readonly RowOp[];
      readonly more: boolean;
    }
  | { readonly state: 'too-old'; readonly epoch: Epoch; readonly revision: number }
  | Absent;

export type DigestsAnswer =
  | { readonly state: 'digests'; readonly epoch: Epoch; readonly revision: number; readonly digests: readonly string[] }
  | Absent;

/** `revision` is the table's at the moment of reading; without `next` it was the last page. */
export type RowsAnswer =
  | {
      readonly state: 'rows';
      readonly epoch: Epoch;
      readonly revision: number;
      readonly rows: readonly KeyedRow[];
      readonly next?: string;
    }
  | Absent;
