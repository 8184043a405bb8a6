/** `l2gw`: the command-line client of the API. */
import { runCli } from './program.js';

// Whoever reads the output has seen enough: `l2gw … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void runCli(process.argv.slice(2), process.env, process).then((status) => {
  process.exitCode = status;
});
