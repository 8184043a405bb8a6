import type { StretchTableRow } from '../peers/stretch-rows.js';
import type { Rows } from '../tables/prepared-rows.js';
import type { WaySight } from './select-way.js';

/** What a way tells of itself. */
export interface WayListener {
  /** These MACs are others now; none named: all of them. */
  readonly wrote: (way: Way, keys: readonly string[]) => void;
  /** It is known, lives, or is over, or is not any more. */
  readonly turned: () => void;
  readonly left: (way: Way) => void;
}

/** What was accepted before. */
export interface WayPast {
  /** By MAC; undefined: it is not known yet. */
  readonly memory: ReadonlyMap<string, object | undefined> | undefined;
  /** Runs as soon as it is known. */
  onRecalled(run: () => void): void;
  /** Nothing counts yet, and nothing is there that could be taken away: what is accepted is told at once. */
  readonly isUntold: boolean;
}

/** What is accepted of a cloud's stretch by one way. */
export class Way implements WaySight {
  /** By MAC, as the API has them. */
  readonly rows = new Map<string, object>();
  path: readonly string[] = [];
  isLive = false;
  isOver = false;
  private opened = false;

  constructor(
    readonly name: string,
    /** As they were said. */
    readonly said: Rows<StretchTableRow>,
    private readonly listener: WayListener,
    private readonly past: WayPast,
  ) {}

  /** Everything is known that can be heard by it. */
  get isOpen(): boolean {
    return this.opened;
  }

  get memory(): WayPast['memory'] {
    return this.past.memory;
  }

  onRecalled(run: () => void): void {
    this.past.onRecalled(run);
  }

  /** Whether what is accepted is told although not everything is known. */
  get isUntold(): boolean {
    return !this.opened && this.past.isUntold;
  }

  put(key: string, row: object): void {
    this.rows.set(key, row);
    this.listener.wrote(this, [key]);
  }

  drop(key: string): void {
    this.rows.delete(key);
    this.listener.wrote(this, [key]);
  }

  /** Drops all other rows; what is said counts again if it was over. */
  keepOnly(keeps: (key: string) => boolean): void {
    for (const key of [...this.rows.keys()]) if (!keeps(key)) this.drop(key);
    if (this.isOver) this.turn(() => (this.isOver = false));
  }

  open(): void {
    if (!this.opened) this.turn(() => (this.opened = true));
  }

  /** Nothing is accepted any more. */
  clear(): void {
    this.rows.clear();
    this.turn(() => {
      this.isOver = true;
      this.opened = true;
    });
    this.listener.wrote(this, []);
  }

  lives(isLive: boolean, path: readonly string[]): void {
    if (isLive === this.isLive && path.join() === this.path.join()) return;
    this.turn(() => {
      this.isLive = isLive;
      this.path = path;
    });
  }

  leave(): void {
    this.listener.left(this);
  }

  private turn(change: () => void): void {
    change();
    this.listener.turned();
  }
}
