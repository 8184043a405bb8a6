/** `--wait`: shows a new connection when its end is known, and fails if that is not ACTIVE. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CONNECTION } from '../api/noun.js';
import { type Row, textOf } from '../api/row.js';
import { EndedInError, Failure, TimedOut } from '../failures.js';
import { ProgressLine } from '../waiting/progress-line.js';
import { type Clock, type Waited, stateOf, waitUntilActive } from '../waiting/wait-until-active.js';
import type { Session } from './command.js';

const CLOCK: Clock = { now: () => performance.now(), sleep };

/** The connection stays, whatever came of it: its id is printed before anything can fail. */
export async function waitAndShow(session: Session, created: Row, timeoutMs: number): Promise<void> {
  const id = textOf(created, 'id');
  session.screen.note(`Created a new ${CONNECTION.singular}: ${id}`);
  const { row, outcome } = await follow(session, created, timeoutMs);
  session.screen.object(row);
  if (outcome === 'error') throw new EndedInError(`connection ${id}: ${stateOf(row)}`);
  if (outcome === 'timeout') {
    throw new TimedOut(`connection ${id} after ${timeoutMs / 1000} s: ${stateOf(row)}; it stays and may become ACTIVE`);
  }
}

async function follow({ api, screen }: Session, created: Row, timeoutMs: number): Promise<Waited> {
  const id = textOf(created, 'id');
  const progress = new ProgressLine(screen.terminal.stderr);
  const onState = (text: string): void => {
    if (!screen.quiet) progress.show(text);
  };
  const ended = new AbortController();
  const read = (waitS: number, limitMs: number) => {
    const query = new URLSearchParams(waitS === 0 ? {} : { wait: 'ACTIVE', timeout: String(waitS) });
    return api.object(CONNECTION, { method: 'GET', path: [CONNECTION.path, id], query, limitMs });
  };
  void showChanges(api, id, onState, ended.signal);
  return waitUntilActive({ first: created, read, onState }, timeoutMs, CLOCK).finally(() => {
    ended.abort();
    progress.end();
  });
}

/** What happens on the way is good to see and nothing hangs on it: without events there are only the answers. */
async function showChanges(
  api: Session['api'],
  id: string,
  onState: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const query = new URLSearchParams({ noun: 'connection', id });
    for await (const item of api.events(query, undefined, signal)) {
      if (signal.aborted) return;
      const row = item === 'begun' ? {} : (JSON.parse(item.data) as Row);
      if (row['change'] === 'status') onState(stateOf(row));
    }
  } catch (error) {
    if (!(error instanceof Failure || error instanceof SyntaxError)) throw error;
  }
}
