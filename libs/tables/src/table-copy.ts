import { EMPTY_DIGEST } from './digest.js';
import type { Bound } from './bound.js';
import { hashed } from './hashed-rows.js';
import { decodeDump } from './dump.js';
import type { Finding } from './finding.js';
import { HeldRows } from './held-rows.js';
import type { DecodeRow, Replica, ReplicaChange, ReplicaDump, StopListening } from './replica.js';
import type { CheckEntry, Epoch, RowOp } from './source.js';

export interface TableCopyOptions<Row> {
  readonly name: string;
  readonly decode: DecodeRow<Row>;
  /** Keep the raw rows too, for `dump`. */
  readonly persist: boolean;
  readonly bound?: Bound | undefined;
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
  frozen = false;
  /** Repairs since the digest was the writer's last. */
  vain = 0;
  private vouched = false;
  readonly held: HeldRows<Row>;
  private readonly listeners = new Set<(change: ReplicaChange) => void>();

  constructor(private readonly options: TableCopyOptions<Row>) {
    this.held = new HeldRows(options);
  }

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

  get partial(): boolean {
    return this.held.partial;
  }

  get undecodable(): number {
    return this.held.undecodable;
  }

  get size(): number {
    return this.held.size - this.undecodable;
  }

  get(key: string): Row | undefined {
    return this.held.get(key);
  }

  entries(): IterableIterator<[string, Row]> {
    return this.held.entries();
  }

  keys(): IterableIterator<string> {
    return this.held.keys();
  }

  onChange(listener: (change: ReplicaChange) => void): StopListening {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** What to say of this copy in a check. */
  entry(): CheckEntry {
    const { name, epoch, revision } = this;
    return { table: name, epoch, revision, digest: this.complete ? this.held.digest() : EMPTY_DIGEST };
  }

  digest(): string {
    return this.held.digest();
  }

  bucketDigests(): readonly string[] {
    return this.held.bucketDigests();
  }

  /** Goes on to a later revision of the same epoch. */
  advance(to: number, ops: readonly RowOp[]): void {
    const changed = this.held.apply(ops);
    this.revision = to;
    this.asOf = Math.max(this.asOf, to);
    this.tell({ keys: [...changed], nowComplete: false, nowConfirmed: false });
  }

  /** Becomes what a repair has found. */
  become({ epoch, revision, buckets, rows, partial }: Finding): void {
    const changed = new Set(this.held.dropAllBut(rows, buckets));
    for (const [key, row] of rows) if (row ? this.held.put(key, row) : this.held.drop(key)) changed.add(key);
    this.held.partial = partial;
    this.move(epoch, revision, revision);
    this.settle(changed, { complete: true, vouched: true });
  }

  /** The rows are right as they are; only their epoch or revision was not. */
  adopt(epoch: Epoch, revision: number, asOf: number): void {
    this.held.partial = false;
    this.move(epoch, revision, asOf);
    this.settle(NOTHING, { complete: this.complete, vouched: true });
  }

  /** Nothing has happened to the table after our revision: what is held of it is right. */
  vouch(asOf: number): void {
    this.move(this.epoch, this.revision, asOf);
    this.settle(NOTHING, { complete: this.complete, vouched: true });
  }

  /** The writer has nothing to say about this table, or not to us: what is here may be out of date. */
  doubt(): void {
    this.vouched = false;
  }

  dump(): ReplicaDump {
    if (!this.options.persist) throw new Error(`${this.name} is not followed with persist`);
    const { name, epoch, revision } = this;
    return { table: name, epoch, revision, rows: [...this.held.raws] };
  }

  restore(dump: unknown): boolean {
    const sound = this.complete ? undefined : decodeDump(dump);
    if (sound?.table !== this.name) return false;
    const changed = new Set<string>();
    for (const [key, row] of sound.rows) if (this.held.put(key, hashed(key, row))) changed.add(key);
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
    this.tell({
      keys: [...changed],
      nowComplete: this.complete && !complete,
      nowConfirmed: this.confirmed && !confirmed,
    });
  }

  private tell(change: ReplicaChange): void {
    if (change.keys.length === 0 && !change.nowComplete && !change.nowConfirmed) return;
    for (const listener of [...this.listeners]) listener(change);
  }
}

const NOTHING: ReadonlySet<string> = new Set();
