/** `--wait`: shows a new connection when its end is known, and fails if that is not ACTIVE. */
import { setTimeout as sleep } from 'node:timers/promises';
import { CONNECTION } from '../api/noun.js';
import { type Row, textOf } from '../api/row.js';
import { EndedInError, TimedOut } from '../failures.js';
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
  const watched = {
    first: created,
    read: (limitMs: number) => api.show(CONNECTION, id, limitMs),
    onState: (text: string) => {
      if (!screen.quiet) progress.show(text);
    },
  };
  return waitUntilActive(watched, timeoutMs, CLOCK).finally(() => progress.end());
}
