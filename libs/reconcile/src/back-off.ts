/** How long to wait before the next try: doubling from `firstMs` to `mostMs`, with up to a quarter of jitter taken off. */
export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
  /** 0 … 1; `Math.random` outside of specs. */
  readonly random: () => number;
}

/** Milliseconds to wait after the failure that follows `failures` earlier ones in a row. */
export function delayAfter(backOff: BackOff, failures: number): number {
  const full = Math.min(backOff.mostMs, backOff.firstMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (1 - backOff.random() / 4));
}
