import type { RowOp, StopListening } from '@l2gw/tables';
import { FLOOD_KEY, type ToldMac, encodeMac } from '../peers/stretch-rows.js';
import type { Rows } from '../tables/prepared-rows.js';
import type { Selection } from './select-exported.js';

/**
 * What one peer is told of one stretch. Nothing is until all of it is known: to whoever reads the table, what is not in it has been
 * withdrawn.
 */
export class StretchExport {
  private readonly told = new Set<string>();
  private readonly stopListening: StopListening;

  constructor(
    private readonly network: Rows<ToldMac>,
    /** The row that says where the end is. */
    private flood: () => object,
    private selection: Selection,
    /** Without ops, too, the table is there afterwards. */
    private readonly write: (ops: readonly RowOp[]) => void,
  ) {
    this.stopListening = network.onChange(({ keys, nowComplete }) => (nowComplete ? this.tellAll() : this.tell(keys)));
    this.tellAll();
  }

  /** MACs that the peer is told. */
  get size(): number {
    return this.told.size;
  }

  become(flood: () => object, selection: Selection): void {
    this.flood = flood;
    this.selection = selection;
    this.tellAll();
  }

  stop(): void {
    this.stopListening();
  }

  private tell(keys: readonly string[]): void {
    if (this.network.complete) this.write(keys.map((key) => this.op(key)));
  }

  private tellAll(): void {
    if (!this.network.complete) return;
    const gone = [...this.told].filter((key) => this.network.get(key) === undefined);
    const present = [...this.network.entries()].map(([key]) => key);
    const flood = { key: FLOOD_KEY, row: this.flood() };
    this.write([flood, ...[...gone, ...present].map((key) => this.op(key))]);
  }

  private op(key: string): RowOp {
    const row = this.network.get(key);
    if (row === undefined || !this.selection(row)) {
      this.told.delete(key);
      return { key };
    }
    this.told.add(key);
    return { key, row: encodeMac(row) };
  }
}
