import type { Mark } from '../database/facts.js';
import type { Agreement } from './conflict-rows.js';

/** What a derived row should be now; without `row` it should not be. */
export interface Derived extends Mark {
  readonly row?: object;
}

export interface Derivation {
  readonly rows: readonly Derived[];
  /** Tables of which every row was derived: what else is stored of them is left over. */
  readonly whole: readonly string[];
  /** Of these, tables whose noun is gone. */
  readonly removed: readonly string[];
}

/** What a round derives besides rows. */
export interface RoundDerivation extends Derivation {
  /** Whether clouds agree on what was looked at. */
  readonly agreements: readonly Agreement[];
  /** Rows that have become others by this, and were not derived. */
  readonly again: readonly Mark[];
}

export const NOTHING_DERIVED: RoundDerivation = { rows: [], whole: [], removed: [], agreements: [], again: [] };
