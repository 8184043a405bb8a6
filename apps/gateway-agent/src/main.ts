import { createLog, runProgram } from '@l2gw/runtime';
import { loadConfig } from './config.js';
import { spareCompiler } from './spare-compiler.js';
import { spareMemory } from './spare-memory.js';
import { startAgent } from './start-agent.js';

spareMemory();
spareCompiler();

void runProgram('gateway-agent', async () => {
  const config = loadConfig(process.env, process.argv.slice(2));
  const log = createLog('gateway-agent', config.logLevel);
  const { stop } = await startAgent(config, log);
  log.info('started', { switch: config.switchNames.join() });
  return { log, stop };
});
