import { setTimeout as pause } from 'node:timers/promises';

/** Whether the work came to its end in time. It goes on when it did not. */
export async function within(ms: number, work: Promise<void>): Promise<boolean> {
  const limit = new AbortController();
  const inTime = work.then(() => true);
  const late = pause(ms, false, { signal: limit.signal, ref: false }).catch(() => false);
  const outcome = await Promise.race([inTime, late]);
  limit.abort();
  return outcome;
}
