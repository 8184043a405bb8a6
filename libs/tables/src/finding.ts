import type { HashedRow } from './hashed-rows.js';
import type { Epoch } from './source.js';

/** What a repair has found out about a table at one revision. */
export interface Finding {
  readonly epoch: Epoch;
  readonly revision: number;
  /** The rows of these buckets are all in `rows`; the other buckets were equal. Absent: all buckets. */
  readonly buckets?: readonly number[];
  /** What the keys hold; a key that holds nothing was dropped since the rows were read. */
  readonly rows: ReadonlyMap<string, HashedRow | undefined>;
  /** Some rows of the table were left out. */
  readonly partial: boolean;
}
