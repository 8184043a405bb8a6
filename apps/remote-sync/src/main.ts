import { createLog, runProgram } from '@l2gw/runtime';
import { loadConfig, publicKeyOf } from './config.js';
import { startSync } from './start-sync.js';

void runProgram('remote-sync', async () => {
  if (process.argv.includes('--print-key')) {
    process.stdout.write(`${publicKeyOf(process.env)}\n`);
    process.exit(0);
  }
  const config = loadConfig(process.env, process.argv.slice(2));
  const log = createLog('remote-sync', config.logLevel);
  const { stop } = await startSync(config, log);
  log.info('started', { publicKey: config.key.publicKey });
  return { log, stop };
});
