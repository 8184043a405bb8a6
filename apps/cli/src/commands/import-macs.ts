/** `remote-mac import`: reads the whole file first, and sends nothing of one that has a mistake in it. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { REMOTE_MAC } from '../api/noun.js';
import { Refused, UsageError } from '../failures.js';
import { type MacFile, parseMacFile } from '../syntax/mac-file.js';
import { type RemoteMac, remoteMacBody } from '../syntax/mac-tuple.js';
import type { Terminal } from '../terminal.js';
import { ProgressBar } from '../waiting/progress-bar.js';
import type { Session } from './command.js';

export interface Import {
  readonly file: string;
  readonly remoteConnection: string;
  readonly mode: 'send' | 'check';
}

/** What the API takes in one request; all of it or nothing. */
const BATCH = 10_000;
const PROBLEMS_SHOWN = 20;

export async function importMacs(session: Session, { file, remoteConnection, mode }: Import): Promise<void> {
  const content = parseMacFile(await contentOf(file, session.screen.terminal));
  const { macs, problems } = content;
  if (problems.length > 0) throw new UsageError(problemText(file, problems));
  if (macs.length === 0) throw new UsageError(`${file} has no MACs in it`);
  if (mode === 'send') await sendAll(session, content, remoteConnection);
  session.screen.object({
    macs: macs.length,
    batches: Math.ceil(macs.length / BATCH),
    remote_connection: remoteConnection,
    imported: mode === 'send' ? macs.length : 0,
  });
}

async function sendAll(session: Session, { macs, places }: MacFile, connection: string): Promise<void> {
  const progress = new ProgressBar(session.screen, macs.length);
  let sent = 0;
  try {
    for (; sent < macs.length; sent = Math.min(sent + BATCH, macs.length)) {
      await send(session, macs.slice(sent, sent + BATCH), connection).catch(
        inWordsOf(places.slice(sent, sent + BATCH)),
      );
      progress.show(Math.min(sent + BATCH, macs.length));
    }
  } finally {
    progress.end();
    if (sent < macs.length) session.screen.note(`${sent} of ${macs.length} MACs were imported, ${failed(sent, macs)}`);
  }
}

async function send({ api }: Session, macs: readonly RemoteMac[], connection: string): Promise<void> {
  await api.request({
    method: 'POST',
    path: [REMOTE_MAC.path],
    query: new URLSearchParams({ rgw_connection: connection }),
    body: { [REMOTE_MAC.plural]: macs.map(remoteMacBody) },
  });
}

/** The API counts the items of a batch; whoever wrote the file counts its lines. */
function inWordsOf(places: readonly string[]): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Refused) || error.items.length === 0) throw error;
    const [summary = ''] = error.message.split('\n');
    const lines = error.items.slice(0, PROBLEMS_SHOWN).map(({ index, message }) => `${places[index]}: ${message}`);
    throw new Refused(error.type, [summary, ...lines].join('\n'), error.status, error.items);
  };
}

/** The API takes a batch as a whole or not at all. */
function failed(sent: number, macs: readonly RemoteMac[]): string {
  return `the batch from ${macs[sent]?.mac} to ${macs[Math.min(sent + BATCH, macs.length) - 1]?.mac} was not`;
}

async function contentOf(file: string, { stdin }: Terminal): Promise<string> {
  try {
    return file === '-' ? await text(stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function problemText(file: string, problems: readonly string[]): string {
  const more = problems.length - PROBLEMS_SHOWN;
  const shown = problems.slice(0, PROBLEMS_SHOWN).map((problem) => `\n  ${problem}`);
  return `nothing was sent, because ${file} is wrong in${shown.join('')}${more > 0 ? `\n  and ${more} more places` : ''}`;
}
