/** Waits for a condition instead of a time: asks again until the assertion holds. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  readonly timeoutMs?: number;
}

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

/** Answers what the assertion returned; when the time is up, fails with the assertion's own last words. */
export async function eventually<T>(
  assertion: () => T | Promise<T>,
  { timeoutMs = 30_000 }: EventuallyOptions = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() >= deadline) throw notInTime(error, timeoutMs);
      await sleep(pause);
    }
  }
}

function notInTime(cause: unknown, timeoutMs: number): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Error(`did not come true within ${timeoutMs} ms; at last: ${message}`, { cause });
}
