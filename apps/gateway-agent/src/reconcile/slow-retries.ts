/** Keys that were refused, to be tried again after a long pause: the reason may have gone without a sign. */
export class SlowRetries<Key> {
  private readonly keys = new Set<Key>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pauseMs: number,
    private readonly again: (keys: readonly Key[]) => void,
  ) {}

  add(keys: readonly Key[]): void {
    for (const key of keys) this.keys.add(key);
    this.timer ??= setTimeout(() => this.due(), this.pauseMs).unref();
  }

  /** The reason may have gone: nobody need wait. */
  hurry(): void {
    if (this.keys.size > 0) this.due();
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.keys.clear();
  }

  private due(): void {
    const keys = [...this.keys];
    this.clear();
    this.again(keys);
  }
}
