/** The whole command line: every command under its own name, and the exit status that its end amounts to. */
import { CommanderError } from 'commander';
import { EXIT, Failure, SeveralFailures } from './failures.js';
import { visible } from './output/cells.js';
import { createProgram } from './create-program.js';
import type { Terminal } from './terminal.js';

/** `argv` without the program itself. Answers the exit status; throws only what is a fault of ours. */
export async function runCli(argv: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  try {
    await createProgram(env, terminal).parseAsync(argv, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return report(error, terminal);
  }
}

function report(error: unknown, { stderr }: Terminal): number {
  // Commander has said it already; help and version are no errors.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const failures = error instanceof SeveralFailures ? error.failures : [error];
  for (const failure of failures) {
    if (!(failure instanceof Failure)) throw failure;
    const lines = failure.message.split('\n').map(visible);
    stderr.write(`ERROR ${visible(failure.type)}: ${lines.join('\n')}\n`);
  }
  const [first] = failures;
  return first instanceof Failure ? first.exitCode : EXIT.refused;
}
