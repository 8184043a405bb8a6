/** The children of a process we started, and theirs: what must be signalled by hand when each is its own session. */
import { readFile, readdir } from 'node:fs/promises';

export async function descendantsOf(pid: number): Promise<number[]> {
  const parents = await parentsByPid();
  const found: number[] = [];
  for (let generation = [pid]; generation.length > 0;) {
    generation = [...parents].filter(([, parent]) => generation.includes(parent)).map(([child]) => child);
    found.push(...generation);
  }
  return found;
}

async function parentsByPid(): Promise<Map<number, number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const entries = await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const));
  return new Map(entries);
}

/** proc(5): the fields after the command, which stands in parentheses and may contain anything, are state and ppid. */
async function parentOf(pid: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(parent);
  } catch {
    return 0; // it ended while we looked
  }
}
