/**
 * How much a reader holds of a table that may be larger than what it can use of it. What is left out is missing from the digest: hence
 * only of a writer whose revisions never go back within an epoch, which those of a restored database do.
 */
export interface Bound {
  /** Rows that are held at the most, but for those that are kept. */
  readonly most: () => number;
  /** Whether the row is held in any case. */
  readonly keeps: (key: string) => boolean;
  /** False while it is not known yet what is to be kept: nothing is left out before. */
  readonly isKnown: () => boolean;
}
