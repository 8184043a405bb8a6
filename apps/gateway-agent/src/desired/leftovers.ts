/**
 * Tells networks that were wanted and are no more from what an older incarnation of the agent left on the switch. The former go at
 * once. The latter wait for a grace period after everything that is wanted was confirmed: whoever starts an agent with the wrong
 * cloud has as long to notice it.
 */
export class Leftovers {
  private readonly wished = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isOver = false;

  constructor(
    private readonly graceMs: number,
    private readonly onOver: () => void,
  ) {}

  stop(): void {
    clearTimeout(this.timer);
  }

  isWished(network: string): void {
    this.wished.add(network);
  }

  /** Everything that is wanted is known. */
  begin(): void {
    this.timer ??= setTimeout(() => this.end(), this.graceMs).unref();
  }

  mayGo(network: string): boolean {
    return this.isOver || this.wished.has(network);
  }

  private end(): void {
    this.isOver = true;
    this.onOver();
  }
}
