/** How long to wait before dialling again. */

export interface BackoffPolicy {
  /** Before the second attempt. */
  readonly firstMs: number;
  readonly ceilingMs: number;
  /** A session that was live this long clears the record of failures. */
  readonly stableMs: number;
}

export const DEFAULT_BACKOFF: BackoffPolicy = { firstMs: 100, ceilingMs: 8_000, stableMs: 10_000 };

/** Doubles with every failure up to the ceiling; `random` in [0, 1) takes away up to half, so that agents do not dial in step. */
export function backoffMs(policy: BackoffPolicy, failures: number, random: number): number {
  const full = Math.min(policy.ceilingMs, policy.firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30));
  return full * (1 - random / 2);
}

/** Failures in a row, after a session that was live for `livedMs`; undefined: it never became live. */
export function failuresAfter(policy: BackoffPolicy, failures: number, livedMs: number | undefined): number {
  return livedMs !== undefined && livedMs >= policy.stableMs ? 1 : failures + 1;
}
