/** Runs a command-line tool to its end and hands back what it printed, or says why it failed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LIMIT_MS = 60_000;
const OUTPUT_LIMIT = 256 * 1024 * 1024;

export async function runTool(command: string, args: readonly string[], input?: string): Promise<string> {
  const running = run(command, args, { timeout: LIMIT_MS, maxBuffer: OUTPUT_LIMIT });
  running.child.stdin?.on('error', () => undefined); // it ended without reading: its own message says why
  running.child.stdin?.end(input);
  const { stdout } = await running;
  return stdout;
}
