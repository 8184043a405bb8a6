/** Wakes a loop that has nothing to do, or lets it sleep for a while; a wake-up that nobody waits for is kept for the next wait. */
export class Wake {
  private pending = false;
  private resolve: (() => void) | undefined;

  up(): void {
    this.pending = true;
    this.resolve?.();
  }

  /** Resolves at the next wake-up, after `mostMs`, or when aborted. */
  async within(mostMs: number, signal: AbortSignal): Promise<void> {
    if (!this.pending) await this.wait(mostMs, signal);
    this.pending = false;
  }

  /** Resolves after `ms` or when aborted, whatever happens meanwhile. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    const end = performance.now() + ms;
    for (let left = ms; left > 0 && !signal.aborted; left = end - performance.now()) await this.wait(left, signal);
  }

  private wait(mostMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.resolve = undefined;
        resolve();
      };
      const timer = setTimeout(done, mostMs);
      signal.addEventListener('abort', done, { once: true });
      this.resolve = done;
    });
  }
}
