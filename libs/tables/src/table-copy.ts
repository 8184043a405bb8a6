import { ChangeListeners } from './change-listeners.js';
import { EMPTY_DIGEST } from './digest.js';
import { hashed, type HashedRow, HashedRows, type KeyedHash } from './hashed-rows.js';
import { decodeDump } from './dump.js';
import type { Finding } from './finding.js';
import type { DecodeRow, Replica, ReplicaChange, ReplicaDump, StopListening } from './replica.js';
import type { CheckEntry, Epoch, RowOp } from './source.js';

export interface TableCopyOptions<Row> {
  readonly name: string;
  readonly decode: DecodeRow<Row>;
  /** Keep the raw rows too, for `dump`. */
  readonly persist: boolean;
  /** Keys of which listeners hear first of a copy that is not whole yet; absent: they hear of none before it is. */
  readonly early?: readonly string[];
  readonly writerIsSilent: () => boolean;
  readonly onProblem: (error: unknown) => void;
}

/** After so many repairs in vain a copy is diverging. */
export const MOST_VAIN = 2;

/** The rows of one followed table. Every method that changes them tells the listeners once what really changed. */
export class TableCopy<Row> implements Replica<Row> {
  revision = -1;
  asOf = -1;
  epoch: Epoch = '';
  complete = false;
  undecodable = 0;
  frozen = false;
  /** Repairs since the digest was the writer's last. */
  vain = 0;
  private vouched = false;
  private readonly rows = new HashedRows<Row | undefined>();
  private readonly raws = new Map<string, object>();
  private readonly listeners = new ChangeListeners();

  constructor(private readonly options: TableCopyOptions<Row>) {}

  get name(): string {
    return this.options.name;
  }

  get confirmed(): boolean {
    return this.complete && this.vouched;
  }

  get stale(): boolean {
    return !this.confirmed || this.options.writerIsSilent();
  }

  get diverging(): boolean {
    return this.vain >= MOST_VAIN;
  }

  get early(): readonly string[] {
    return this.options.early ?? [];
  }

  get size(): number {
    return this.rows.size - this.undecodable;
  }

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  *entries(): IterableIterator<[string, Row]> {
    for (const key of this.rows.keys()) {
      const row = this.rows.get(key);
      if (row !== undefined) yield [key, row];
    }
  }

  keys(): IterableIterator<string> {
    return this.rows.keys();
  }

  onChange(listener: (change: ReplicaChange) => void): StopListening {
    return this.listeners.add(listener);
  }

  /** What to say of this copy in a check. */
  entry(): CheckEntry {
    const { name, epoch, revision } = this;
    return { table: name, epoch, revision, digest: this.complete ? this.rows.digest() : EMPTY_DIGEST };
  }

  digest(): string {
    return this.rows.digest();
  }

  bucketDigests(): readonly string[] {
    return this.rows.bucketDigests();
  }

  /** Goes on to a later revision of the same epoch. */
  advance(to: number, ops: readonly RowOp[]): void {
    const changed = this.take(ops.map(({ key, row }) => [key, row && hashed(key, row)]));
    this.move(this.epoch, to, to);
    this.listeners.tell({ keys: [...changed], nowComplete: false, nowConfirmed: false });
  }

  /** A part of what will be found, for who wants to hear of it early. */
  foresee(rows: Iterable<KeyedHash>): void {
    if (this.options.early === undefined) return;
    this.listeners.tell({ keys: [...this.take(rows)], nowComplete: false, nowConfirmed: false });
  }

  /** Becomes what a repair has found. */
  become({ epoch, revision, buckets, rows }: Finding): void {
    const changed = this.take(rows, this.dropAllBut(rows, buckets));
    this.move(epoch, revision, revision);
    this.settle(changed, { complete: true, vouched: true });
  }

  /** The rows are right as they are; only their epoch or revision was not. */
  adopt(epoch: Epoch, revision: number, asOf: number): void {
    this.move(epoch, revision, asOf);
    this.settle(NOTHING, { complete: this.complete, vouched: true });
  }

  /** The writer has nothing to say about this table, or not to us: what is here may be out of date. */
  doubt(): void {
    this.vouched = false;
  }

  dump(): ReplicaDump {
    if (!this.options.persist) throw new Error(`${this.name} is not followed with persist`);
    const { name, epoch, revision } = this;
    return { table: name, epoch, revision, rows: [...this.raws] };
  }

  restore(dump: unknown): boolean {
    const sound = this.complete ? undefined : decodeDump(dump);
    if (sound?.table !== this.name) return false;
    const changed = this.take(sound.rows.map(([key, row]) => [key, hashed(key, row)]));
    this.move(sound.epoch, sound.revision, -1);
    this.settle(changed, { complete: true, vouched: false });
    return true;
  }

  private move(epoch: Epoch, revision: number, asOf: number): void {
    this.asOf = epoch === this.epoch ? Math.max(asOf, this.asOf) : asOf;
    this.epoch = epoch;
    this.revision = revision;
  }

  private settle(changed: ReadonlySet<string>, now: { readonly complete: boolean; readonly vouched: boolean }): void {
    const { complete, confirmed } = this;
    this.complete = now.complete;
    this.vouched = now.vouched;
    this.listeners.tell({
      keys: [...changed],
      nowComplete: this.complete && !complete,
      nowConfirmed: this.confirmed && !confirmed,
    });
  }

  private take(rows: Iterable<KeyedHash>, changed = new Set<string>()): Set<string> {
    for (const [key, row] of rows) if (row === undefined ? this.drop(key) : this.put(key, row)) changed.add(key);
    return changed;
  }

  private put(key: string, row: HashedRow): boolean {
    if (this.rows.holds(key, row.hash)) return false;
    if (this.rows.has(key)) this.drop(key);
    this.rows.put(key, row, this.decode(key, row.row));
    if (this.options.persist) this.raws.set(key, row.row);
    return true;
  }

  private drop(key: string): boolean {
    if (this.rows.has(key) && this.rows.get(key) === undefined) this.undecodable -= 1;
    this.raws.delete(key);
    return this.rows.drop(key);
  }

  /** The hash of an undecodable row counts all the same: both ends have to agree on what was sent, not on what it means. */
  private decode(key: string, raw: object): Row | undefined {
    try {
      return this.options.decode(key, raw);
    } catch (error) {
      this.undecodable += 1;
      this.options.onProblem(error);
      return undefined;
    }
  }

  private dropAllBut(
    rows: ReadonlyMap<string, HashedRow | undefined>,
    buckets: readonly number[] | undefined,
  ): Set<string> {
    const candidates = buckets ? [...this.rows.keysIn(buckets).values()].flat() : [...this.rows.keys()];
    return new Set(candidates.filter((key) => !rows.has(key) && this.drop(key)));
  }
}

const NOTHING: ReadonlySet<string> = new Set();
