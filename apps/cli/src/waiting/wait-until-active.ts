/** Follows a connection until it is what it should be, cannot be, or the time is up. */
import { type Row, textOf } from '../api/row.js';
import { mayPass } from './follow-events.js';

export interface Clock {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

export interface Watched {
  readonly first: Row;
  /** Asks the API, which answers as soon as the end is known, or as it is after so many seconds; for so long at the most. */
  readonly read: (waitS: number, limitMs: number) => Promise<Row>;
  /** Hears what the state is, each time it is asked for. */
  readonly onState: (text: string) => void;
}

export interface Waited {
  readonly row: Row;
  readonly outcome: 'active' | 'error' | 'timeout';
}

/** A wait this long shows a dead connection soon enough. */
const LONGEST_WAIT_S = 10;
/** What an API may need beyond the wait itself. */
const GRACE_MS = 5000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const GROWTH = 1.5;

/**
 * The API waits, and the client only asks again. One that does not know how to wait, or is away for a moment, is asked with longer and
 * longer pauses. Throws what `read` throws otherwise.
 */
export async function waitUntilActive(watched: Watched, timeoutMs: number, clock: Clock): Promise<Waited> {
  const deadline = clock.now() + timeoutMs;
  let row = watched.first;
  for (let pause = FIRST_PAUSE_MS; ;) {
    const outcome = outcomeOf(row);
    watched.onState(stateOf(row));
    if (outcome !== undefined) return { row, outcome };
    const asked = clock.now();
    if (asked >= deadline) return { row, outcome: 'timeout' };
    const waitS = Math.min(Math.floor((deadline - asked) / 1000), LONGEST_WAIT_S);
    row = (await readIfReachable(watched, waitS, Math.min(waitS * 1000 + GRACE_MS, deadline - asked))) ?? row;
    const now = clock.now();
    if (outcomeOf(row) !== undefined || (waitS > 0 && now - asked >= waitS * 1000)) continue;
    await clock.sleep(Math.max(Math.min(pause, deadline - now), 0));
    pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS);
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

async function readIfReachable(watched: Watched, waitS: number, limitMs: number): Promise<Row | undefined> {
  try {
    return await watched.read(waitS, limitMs);
  } catch (error) {
    if (!mayPass(error)) throw error;
    watched.onState(error.message);
    return undefined;
  }
}
