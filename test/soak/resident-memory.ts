/** How much memory a process has now, in MiB (proc(5), `VmRSS`). */
import { readFileSync } from 'node:fs';

export function residentMemory(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
