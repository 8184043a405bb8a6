/** Corrections of one key that are made at once within a time; what comes after them waits for its end. */
export interface Limit {
  readonly most: number;
  readonly withinMs: number;
}

/**
 * Passes on that something was changed on the switch and has to be put right: at once, but not again and again, so that two who
 * both believe that a row is theirs do not wear the switch out.
 */
export class Patience<Key> {
  private readonly corrections = new Map<Key, number>();
  private readonly waiting = new Set<Key>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limit: Limit,
    private readonly correct: (keys: readonly Key[]) => void,
  ) {}

  changed(keys: Iterable<Key>): void {
    const now: Key[] = [];
    for (const key of keys) {
      const count = (this.corrections.get(key) ?? 0) + 1;
      this.corrections.set(key, count);
      if (count <= this.limit.most) now.push(key);
      else this.waiting.add(key);
    }
    if (this.corrections.size > 0) this.timer ??= setTimeout(() => this.timeIsUp(), this.limit.withinMs).unref();
    if (now.length > 0) this.correct(now);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.corrections.clear();
    this.waiting.clear();
  }

  private timeIsUp(): void {
    const keys = [...this.waiting];
    this.clear();
    if (keys.length > 0) this.changed(keys);
  }
}
