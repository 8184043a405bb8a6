/** Follows a connection until it is what it should be, cannot be, or the time is up. */
import { type Row, textOf } from '../api/row.js';
import { Unreachable } from '../failures.js';

export interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

export interface Watched {
  readonly first: Row;
  /** Asks the API, for so long at the most. */
  readonly read: (limitMs: number) => Promise<Row>;
  /** Hears what the state is, each time it is asked for. */
  readonly onState: (text: string) => void;
}

export interface Waited {
  readonly row: Row;
  readonly outcome: 'active' | 'error' | 'timeout';
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const GROWTH = 1.5;

/** An API that is away for a moment is waited for, like everything else. Throws what `read` throws otherwise. */
export async function waitUntilActive(watched: Watched, timeoutMs: number, clock: Clock): Promise<Waited> {
  const deadline = clock.now() + timeoutMs;
  let row = watched.first;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS)) {
    const outcome = outcomeOf(row);
    watched.onState(stateOf(row));
    if (outcome !== undefined) return { row, outcome };
    const left = deadline - clock.now();
    if (left <= 0) return { row, outcome: 'timeout' };
    await clock.sleep(Math.min(pause, left));
    row = (await readIfReachable(watched, Math.max(deadline - clock.now(), FIRST_PAUSE_MS))) ?? row;
  }
}

/** `BUILD`, `DEGRADED` and what we do not know may still change. */
export function outcomeOf(row: Row): 'active' | 'error' | undefined {
  const status = textOf(row, 'status');
  return status === 'ACTIVE' ? 'active' : status === 'ERROR' ? 'error' : undefined;
}

export function stateOf(row: Row): string {
  return `${textOf(row, 'status') || 'no status'} ${textOf(row, 'status_reason')}`.trim();
}

async function readIfReachable(watched: Watched, limitMs: number): Promise<Row | undefined> {
  try {
    return await watched.read(limitMs);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    watched.onState(error.message);
    return undefined;
  }
}
