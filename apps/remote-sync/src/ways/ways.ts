import type { StopListening } from '@l2gw/tables';
import type { StretchTableRow } from '../peers/stretch-rows.js';
import type { Rows } from '../tables/prepared-rows.js';
import type { PushedTable } from '../tables/pushes.js';
import { selectWay } from './select-way.js';
import { Way, type WayListener, type WayPast } from './way.js';

/** What has changed of the way that counts. */
export interface WaysChange {
  readonly keys: readonly string[];
  /** All of it may have. */
  readonly isWhole: boolean;
}

/** The ways by which we hear of a cloud's end of one stretch; what one of them says is pushed to the API. */
export class Ways implements WayPast {
  private readonly known = new Set<Way>();
  private readonly listeners = new Set<(change: WaysChange) => void>();
  private readonly changed = new Set<string>();
  private current: Way | undefined;
  private path = '';
  private isWhole = false;
  private isTelling = false;

  constructor(private readonly target: PushedTable) {}

  /** Undefined while nothing is known whole: the API keeps what it has. */
  get chosen(): Way | undefined {
    return this.current;
  }

  /** What the API has of it, whichever way it has come. */
  get memory(): WayPast['memory'] {
    return this.target.isOpen ? (this.current?.rows ?? NOTHING) : this.target.memory;
  }

  onRecalled(run: () => void): void {
    this.target.onRecalled(run);
  }

  /** With several ways it is not known yet which of them will count. */
  get isUntold(): boolean {
    const isEmpty = this.target.isOpen || this.target.memory?.size === 0;
    return this.current === undefined && this.known.size === 1 && isEmpty;
  }

  enter(name: string, said: Rows<StretchTableRow>): Way {
    const listener: WayListener = {
      wrote: (which, keys) => this.wrote(which, keys),
      turned: () => this.choose(),
      left: (which) => this.leave(which),
    };
    const way = new Way(name, said, listener, this);
    this.known.add(way);
    return way;
  }

  /** Told soon after, and once of many changes. */
  onChange(listener: (change: WaysChange) => void): StopListening {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private leave(way: Way): void {
    this.known.delete(way);
    this.choose();
  }

  private choose(): void {
    const next = selectWay([...this.known], this.current);
    const path = next?.path.join() ?? '';
    this.isWhole ||= path !== this.path;
    this.path = path;
    this.tellSoon([]);
    if (next === this.current) return;
    this.current = next;
    if (next !== undefined) this.fill(next);
  }

  private wrote(way: Way, keys: readonly string[]): void {
    if (way !== this.current) return this.tellAhead(way, keys);
    if (keys.length === 0) return this.fill(way);
    for (const key of keys) this.pass(key, way.rows.get(key));
    this.tellSoon(keys);
  }

  /** What is added takes nothing away, so it need not wait until it is known what stays. */
  private tellAhead(way: Way, keys: readonly string[]): void {
    if (!way.isUntold) return;
    this.target.open();
    for (const key of keys) this.pass(key, way.rows.get(key));
  }

  private pass(key: string, row: object | undefined): void {
    if (row === undefined) this.target.drop(key);
    else this.target.put(key, row);
  }

  private fill(way: Way): void {
    this.target.keepOnly((key) => way.rows.has(key));
    for (const [key, row] of way.rows) this.target.put(key, row);
    this.target.open();
    this.isWhole = true;
    this.tellSoon([]);
  }

  private tellSoon(keys: readonly string[]): void {
    for (const key of keys) this.changed.add(key);
    if (this.isTelling) return;
    this.isTelling = true;
    queueMicrotask(() => this.tell());
  }

  private tell(): void {
    const change: WaysChange = { keys: [...this.changed], isWhole: this.isWhole };
    this.changed.clear();
    this.isTelling = false;
    this.isWhole = false;
    for (const listener of [...this.listeners]) listener(change);
  }
}

const NOTHING: ReadonlyMap<string, object> = new Map();
