import type { CancelTimer, Clock } from '../src/index.js';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** Time that passes only when a spec says so; everything that is due happens in order, with all its promises. */
export class VirtualClock implements Clock {
  private time = 1_000_000;
  private order = 0;
  private readonly timers = new Set<Timer>();

  now(): number {
    return this.time;
  }

  setTimer(ms: number, run: () => void): CancelTimer {
    const timer: Timer = { at: this.time + Math.max(0, ms), order: this.order++, run };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (let timer = this.next(end); timer; timer = this.next(end)) {
      this.timers.delete(timer);
      this.time = timer.at;
      timer.run();
      await settle();
    }
    this.time = end;
  }

  private next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) {
      if (timer.at > end) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  }
}

/** After a turn of the event loop no promise is left that could go on by itself. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
