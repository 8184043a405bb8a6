/** Stores the certificates that a peer showed first, for this program and its successors. */

import { randomUUID } from 'node:crypto';
import { link, open, rm } from 'node:fs/promises';
import { TlsError } from './errors.js';

/**
 * Readers see all of it or nothing; nobody but the owner may read it. Resolves with `false` if there is such a file
 * by now, which then stays as it is. Rejects with TlsError.
 */
export async function writePin(path: string, pem: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeDurably(draft, pem);
    await link(draft, path); // unlike a rename, it never replaces what somebody else has stored meanwhile
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw new TlsError(`cannot store the first certificate in ${path}: ${codeOf(cause)}`, cause);
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** `ENOENT` and its like; the whole text if the error has none. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('code' in error) return String(error.code);
  return 'message' in error ? String(error.message) : String(error);
}
