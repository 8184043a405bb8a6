import type { Mark } from '../database/facts.js';

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
