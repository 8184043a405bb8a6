/** Begins one session after another, with growing pauses between those that fail. */

import type { BackoffPolicy } from './backoff.js';
import { backoffMs, failuresAfter } from './backoff.js';
import type { DownInfo } from './connection-events.js';
import type { OvsdbError } from './errors.js';
import { pause } from './pause.js';

export interface Served {
  /** Why the session ended or the attempt failed. */
  readonly reason: OvsdbError;
  /** When it became usable; undefined: never. */
  readonly liveSince: number | undefined;
}

export interface Dialling {
  /** One session from dialling to its end. Must not reject. */
  readonly serve: (signal: AbortSignal) => Promise<Served>;
  readonly down: (info: DownInfo) => void;
  readonly signal: AbortSignal;
  readonly backoff: BackoffPolicy;
  readonly random: () => number;
  readonly now: () => number;
}

/** Resolves after `signal` fired and the last session has ended. */
export async function keepDialling({ serve, down, signal, backoff, random, now }: Dialling): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const { reason, liveSince } = await serve(signal);
    failures = failuresAfter(backoff, failures, liveSince === undefined ? undefined : now() - liveSince);
    const retryInMs = signal.aborted ? undefined : backoffMs(backoff, failures, random());
    down({ reason, failures, retryInMs });
    if (retryInMs !== undefined) await pause(retryInMs, signal);
  }
}
