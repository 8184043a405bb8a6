/** A folder of one server, short enough for unix socket paths (108 bytes), gone with the server. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Set for a whole test run, so that one removal at its end takes what killed or failing specs left behind. */
const PARENT_VARIABLE = 'HARNESS_TMP';

export function temporaryDirectory(label: string): Promise<string> {
  return mkdtemp(join(process.env[PARENT_VARIABLE] ?? tmpdir(), `l2gw-${label}-`));
}

/** Others may pass through it: PostgreSQL does not run as root. */
export async function useRunDirectory(): Promise<string> {
  const path = await temporaryDirectory('run');
  await chmod(path, 0o711);
  process.env[PARENT_VARIABLE] = path;
  return path;
}

export async function removeDirectory(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
