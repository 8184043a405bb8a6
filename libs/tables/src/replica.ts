import type { Epoch } from './source.js';

/** A reader's copy of one table. It is filled and repaired behind the reader's back; consumers only look and listen. */
export interface Replica<Row> {
  readonly name: string;
  /** The table's revision that the copy has reached; −1 before it was complete once. */
  readonly revision: number;
  /** Everything that the writer wrote up to this revision, to any table, and that concerns this table is in the copy. */
  readonly asOf: number;
  readonly epoch: Epoch;
  /** False until the copy was whole once. Nobody may delete anything because it is absent from an incomplete copy. */
  readonly complete: boolean;
  /**
   * False while the copy is what was restored, until the writer has vouched for it, and from when the writer no longer knows the table.
   * An unconfirmed copy says what was right once: nothing may be taken away because of it.
   */
  readonly confirmed: boolean;
  /** The writer is silent, or the copy is not confirmed. The rows stay what they were. */
  readonly stale: boolean;
  /** Repairs do not make its digest the writer's. */
  readonly diverging: boolean;
  /** The table has more rows than the bound allows: those that are here are right, and others were left out. */
  readonly partial: boolean;
  readonly size: number;
  /** How many rows are there that this program cannot decode; they are absent from `get` and `entries`. */
  readonly undecodable: number;
  get(key: string): Row | undefined;
  entries(): IterableIterator<[string, Row]>;
  /** Of all rows, also of those that this program cannot decode. */
  keys(): IterableIterator<string>;
  /** Called after each change, with exactly the keys whose row became another. */
  onChange(listener: (change: ReplicaChange) => void): StopListening;
  /** The copy as plain JSON. Only for a table that is followed with `persist`. */
  dump(): ReplicaDump;
  /** Puts a dump in place of a copy that never was complete; false if it was complete or the dump is not a sound one. */
  restore(dump: unknown): boolean;
}

export interface ReplicaChange {
  readonly keys: readonly string[];
  /** True once: in the change that made the copy complete. */
  readonly nowComplete: boolean;
  /** The writer vouches for the copy from now on. */
  readonly nowConfirmed: boolean;
}

export type StopListening = () => void;

export interface ReplicaDump {
  readonly table: string;
  readonly epoch: Epoch;
  readonly revision: number;
  readonly rows: readonly (readonly [key: string, row: object])[];
}

/** Turns a raw row into what the program works with; throws if it cannot. Unknown fields are to be ignored. */
export type DecodeRow<Row> = (key: string, raw: unknown) => Row;
