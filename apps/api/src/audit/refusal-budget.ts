/** How many refused requests get a row each: so many at once, and so many a second in the long run. */
const AT_ONCE = 1000;
const PER_MS = 1 / 1000;

/** Keeps a flood of refused requests from filling the disk. */
export class RefusalBudget {
  private left = AT_ONCE;
  private seen: number;

  constructor(private readonly now: () => number = Date.now) {
    this.seen = now();
  }

  /** True if there is room for one more. */
  take(): boolean {
    const now = this.now();
    this.left = Math.min(AT_ONCE, this.left + (now - this.seen) * PER_MS);
    this.seen = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
