import { type Log, createLog } from './log.js';
import { ConfigurationError } from './settings.js';

/** Something that was started and must be ended; called once, in reverse order of starting. */
export type Stop = () => Promise<void>;

const STOP_LIMIT_MS = 15_000;

/**
 * Runs a program until SIGTERM or SIGINT, then stops it gracefully. Exit status: 0 after a graceful stop, 2 for a configuration that
 * cannot work, 1 for everything else.
 */
export async function runProgram(
  name: string,
  start: () => Promise<{ readonly log: Log; readonly stop: Stop }>,
): Promise<void> {
  try {
    const { log, stop } = await start();
    const signal = await nextSignal();
    log.info('stopping', { signal });
    const limit = setTimeout(() => {
      log.error('stop-took-too-long', { limitMs: STOP_LIMIT_MS });
      process.exit(1);
    }, STOP_LIMIT_MS);
    await stop();
    clearTimeout(limit);
    log.info('stopped');
    process.exit(0);
  } catch (error) {
    if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
    else createLog(name, 'error').error('failed', { error });
    process.exit(error instanceof ConfigurationError ? 2 : 1);
  }
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
