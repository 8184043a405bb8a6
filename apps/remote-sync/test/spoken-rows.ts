import type { ReplicaChange } from '@l2gw/tables';
import type { HeardRows } from '../src/tables/prepared-rows.js';

/** A table that says what it is told to. */
export class SpokenRows<Row> implements HeardRows<Row> {
  complete = false;
  readonly confirmed = true;
  readonly diverging = false;
  readonly partial = false;
  readonly undecodable = 0;
  readonly asOf = 0;
  readonly revision = 0;
  private readonly rows = new Map<string, Row>();
  private readonly listeners = new Set<(change: ReplicaChange) => void>();

  get = (key: string): Row | undefined => this.rows.get(key);
  entries = (): IterableIterator<[string, Row]> => this.rows.entries();
  keys = (): IterableIterator<string> => this.rows.keys();

  onChange(listener: (change: ReplicaChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  say(rows: Readonly<Record<string, Row | undefined>>, { nowComplete = false } = {}): void {
    for (const [key, row] of Object.entries(rows)) {
      if (row === undefined) this.rows.delete(key);
      else this.rows.set(key, row);
    }
    this.complete ||= nowComplete;
    for (const listener of this.listeners) listener({ keys: Object.keys(rows), nowComplete, nowConfirmed: false });
  }
}
