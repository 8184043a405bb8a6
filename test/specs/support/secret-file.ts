/** A file that holds a secret, as programs are told their secrets. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '../../harness/temporary-directory.js';

export async function secretFile(content: string): Promise<string> {
  const path = join(await temporaryDirectory('secret'), 'secret');
  writeFileSync(path, `${content}\n`, { mode: 0o600 });
  return path;
}
