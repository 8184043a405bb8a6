import type { Bound } from './bound.js';
import { ChangeListeners } from './change-listeners.js';
import { EMPTY_DIGEST } from './digest.js';
import { hashed, type KeyedHash } from './hashed-rows.js';
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
  /** Keys of which listeners hear first of a copy that is not whole yet; absent: they hear of none before it is. */
  readonly early?: readonly string[] | undefined;
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
  private readonly listeners = new ChangeListeners();

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

  /** What is to be heard of before all else. */
  get early(): readonly string[] {
    return this.complete ? [] : (this.options.early ?? []);
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
    return this.listeners.add(listener);
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
    this.move(this.epoch, to, to);
    this.listeners.tell({ keys: [...changed], nowComplete: false, nowConfirmed: false });
  }

  /** A part of what will be found, for who wants to hear of it early. */
  foresee(rows: Iterable<KeyedHash>): void {
    if (this.complete || this.options.early === undefined) return;
    this.listeners.tell({ keys: [...this.held.take(rows)], nowComplete: false, nowConfirmed: false });
  }

  /** Becomes what a repair has found. */
  become({ epoch, revision, buckets, rows, partial }: Finding): void {
    const gone = this.held.dropAllBut(rows, buckets);
    this.held.partial = partial;
    const changed = this.held.take(rows, gone);
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
    const changed = this.held.take(sound.rows.map(([key, row]) => [key, hashed(key, row)]));
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
}

const NOTHING: ReadonlySet<string> = new Set();
