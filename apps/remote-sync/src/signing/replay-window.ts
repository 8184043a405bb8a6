const SIZE = 1024;

/**
 * Tells which numbers of a sequence have been seen (RFC 4303 §3.4.3): messages may overtake each other a little, none counts twice,
 * nor does what is too old to be remembered.
 */
export class ReplayWindow {
  private highest = 0;
  private readonly seen = new Set<number>();
  /** The number behind which `missed` looks, and how many above it have come. */
  private base: number | undefined;
  private come = 0;

  /** `old`: so far behind that nobody knows whether it was seen. */
  admit(count: number): 'new' | 'seen' | 'old' {
    if (count <= this.highest - SIZE) return 'old';
    if (this.seen.has(count)) return 'seen';
    this.seen.add(count);
    this.base ??= count - 1;
    if (count > this.base) this.come += 1;
    if (count > this.highest) this.advance(count);
    return 'new';
  }

  /** How many numbers were passed over since this was asked last: what was said under them is lost, or late. */
  missed(): number {
    const { base, highest, come } = this;
    if (base === undefined) return 0;
    this.base = highest;
    this.come = 0;
    return highest - base - come;
  }

  private advance(count: number): void {
    const before = this.highest;
    this.highest = count;
    if (count - before >= SIZE) return this.restart(count);
    for (let old = before - SIZE + 1; old <= count - SIZE; old += 1) this.seen.delete(old);
  }

  private restart(count: number): void {
    this.seen.clear();
    this.seen.add(count);
  }
}
