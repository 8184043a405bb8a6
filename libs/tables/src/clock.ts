/** Time and chance as parameters, so that a spec can drive hours in milliseconds and replay one unlucky order. */
export interface Clock {
  now(): number;
  /** Calls `run` once after `ms`, unless the returned function is called first. */
  setTimer(ms: number, run: () => void): CancelTimer;
}

export type CancelTimer = () => void;

/** Uniform in [0, 1). */
export type Random = () => number;

/** Real time. Its timers keep no process alive; one of 0 ms is over as soon as what has come in was looked at. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (ms, run) => {
    if (ms === 0) {
      const next = setImmediate(run);
      return () => clearImmediate(next);
    }
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Where a part of the table protocol takes its time and chance from; both default to the real ones. */
export interface Timing {
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Uniform in [from, to). */
export function between(from: number, to: number, random: Random): number {
  return from + (to - from) * random();
}

/** Exponential back-off with full jitter in its upper half: attempt 0 waits 50–100 % of `firstMs`. */
export function backOff(attempt: number, firstMs: number, mostMs: number, random: Random): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30));
  return between(full / 2, full, random);
}
