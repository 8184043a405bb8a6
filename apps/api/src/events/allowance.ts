/** So many at once at the most, and so many a second in the long run. The clock comes in, in milliseconds. */
export class Allowance {
  private left: number;
  private asOf: number | undefined;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.left = burst;
  }

  /** True if one more is allowed now. */
  take(now: number): boolean {
    const gained = ((now - (this.asOf ?? now)) / 1000) * this.perSecond;
    this.left = Math.min(this.burst, this.left + gained);
    this.asOf = now;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
