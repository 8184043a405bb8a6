/** Judged without a pause: what a switch or a few hundred ports say at once must not wait. */
const AT_ONCE = 1000;

/**
 * Works off many items some at a time, with everything else that there is to do in between: whoever judges 50,000 MACs in one go gives no
 * life sign meanwhile, and loses the lease.
 */
export class Backlog<Item> {
  private queue: Iterator<Item> | undefined;
  private onDone: () => void = () => undefined;

  constructor(
    private readonly work: (item: Item) => void,
    private readonly schedule: (run: () => void) => void = setImmediate,
  ) {}

  get isRunning(): boolean {
    return this.queue !== undefined;
  }

  /** Begins with these, and forgets what it has not come to; the first ones are done at once. */
  begin(items: Iterable<Item>, onDone: () => void): void {
    this.queue = items[Symbol.iterator]();
    this.onDone = onDone;
    this.step(this.queue);
  }

  stop(): void {
    this.queue = undefined;
  }

  private step(queue: Iterator<Item>): void {
    for (let count = 0; count < AT_ONCE; count += 1) {
      if (this.queue !== queue) return;
      const next = queue.next();
      if (next.done === true) return this.end();
      this.work(next.value);
    }
    this.schedule(() => this.step(queue));
  }

  private end(): void {
    this.queue = undefined;
    this.onDone();
  }
}
