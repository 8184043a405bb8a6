/** Decides whether a silent peer is asked for a sign of life, or given up. */

export interface Silence {
  /** Of the last received byte. Milliseconds of a steady clock, as all times here. */
  readonly lastByteAt: number;
  /** When an echo was asked for and not yet followed by any byte. */
  readonly askedAt: number | undefined;
}

export type ProbeStep =
  | { readonly kind: 'wait'; readonly forMs: number }
  | { readonly kind: 'ask'; readonly forMs: number }
  | { readonly kind: 'give-up' };

/** One interval of silence: ask. Another one after the question: give up. Any byte counts as life, not only an echo. */
export function probeStep(silence: Silence, now: number, intervalMs: number): ProbeStep {
  const { lastByteAt, askedAt } = silence;
  if (askedAt === undefined || lastByteAt > askedAt) {
    const left = lastByteAt + intervalMs - now;
    return left > 0 ? { kind: 'wait', forMs: left } : { kind: 'ask', forMs: intervalMs };
  }
  const left = askedAt + intervalMs - now;
  return left > 0 ? { kind: 'wait', forMs: left } : { kind: 'give-up' };
}

export interface ProbeActs {
  readonly ask: () => void;
  readonly giveUp: () => void;
}

/** Carries `probeStep` out with a timer. */
export class Probe {
  private silence: Silence;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly intervalMs: number,
    private readonly acts: ProbeActs,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.silence = { lastByteAt: now(), askedAt: undefined };
    if (intervalMs > 0) this.sleep(intervalMs);
  }

  heard(): void {
    this.silence = { lastByteAt: this.now(), askedAt: undefined };
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private sleep(forMs: number): void {
    this.timer = setTimeout(() => this.wake(), Math.ceil(forMs));
  }

  private wake(): void {
    const step = probeStep(this.silence, this.now(), this.intervalMs);
    if (step.kind === 'give-up') return this.lookOnceMore();
    if (step.kind === 'ask') {
      this.silence = { lastByteAt: this.silence.lastByteAt, askedAt: this.now() };
      this.acts.ask();
    }
    if (!this.stopped) this.sleep(step.forMs);
  }

  /** After a stall of this process bytes may wait in the kernel: they are read before an immediate runs. */
  private lookOnceMore(): void {
    setImmediate(() => {
      if (this.stopped) return;
      const step = probeStep(this.silence, this.now(), this.intervalMs);
      if (step.kind === 'give-up') this.acts.giveUp();
      else this.wake();
    });
  }
}
