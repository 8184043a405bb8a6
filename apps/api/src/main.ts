import { createLog, runProgram } from '@l2gw/runtime';
import { loadConfig } from './config.js';
import { createDataSource } from './database/data-source.js';
import { migrate } from './database/migrate.js';
import { startApi } from './start-api.js';

const [command, ...flags] = process.argv.slice(2);

if (command === 'migrate') void runMigrations(flags);
else {
  void runProgram('api', async () => {
    const config = loadConfig(process.env, process.argv.slice(2));
    const log = createLog('api', config.logLevel);
    const { stop } = await startApi(config, log);
    log.info('started');
    return { log, stop };
  });
}

/** `main.js migrate`: brings the database's schema up to date and ends. */
async function runMigrations(argv: readonly string[]): Promise<void> {
  const config = loadConfig(process.env, argv);
  const log = createLog('api', config.logLevel);
  const dataSource = await createDataSource(config.database).initialize();
  log.info('migrated', { migrations: await migrate(dataSource, config.database) });
  await dataSource.destroy();
}
