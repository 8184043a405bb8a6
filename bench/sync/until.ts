/** Waits for a condition that is looked at so often that the wait itself is not what is measured; not for ever. */
import { setTimeout as pause } from 'node:timers/promises';

const LIMIT_MS = 180_000;

export async function until(isTrue: () => boolean | Promise<boolean>, everyMs: number): Promise<void> {
  const deadline = performance.now() + LIMIT_MS;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`it has not come true within ${LIMIT_MS / 1000} s`);
    await pause(everyMs);
  }
}
