/** How much memory a process holds, as the kernel counts it. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 1000;
const LONGEST = 90;
/** Pages come and go; less than this in fifteen seconds is quiet, for V8 waits eight before it gives memory back. */
const QUIET_MB = 1;
const QUIET_SECONDS = 15;

export interface Memory {
  readonly now: number;
  readonly peak: number;
}

/** Megabytes; proc(5), `VmRSS` and `VmHWM`. */
export function memoryOf(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** When it has not moved for fifteen seconds, or after ninety. */
export async function settledMemoryOf(pid: number): Promise<Memory> {
  const seen: number[] = [];
  while (seen.length < LONGEST) {
    seen.push(memoryOf(pid).now);
    const last = seen.slice(-QUIET_SECONDS);
    if (last.length === QUIET_SECONDS && Math.max(...last) - Math.min(...last) < QUIET_MB) break;
    await pause(PAUSE_MS);
  }
  return memoryOf(pid);
}
