/** How long a process has computed: that says more than the clock on a machine that others use, too. */
import { readFileSync } from 'node:fs';

/** `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Node runs on. */
const TICK_MS = 10;

/** Milliseconds in user and kernel mode, of all threads; proc(5), /proc/PID/stat, fields 14 and 15. */
export function cpuMilliseconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
