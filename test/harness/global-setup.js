/** One folder and one PostgreSQL for the whole run. jest loads this outside its own transform, so it brings ours. */
require('../../scripts/register-ts.js');

module.exports = async () => {
  const { removeDirectory, useRunDirectory } = require('./temporary-directory.ts');
  const { announce, startPostgres } = require('./shared-postgres.ts');
  const directory = await useRunDirectory();
  const postgres = await startPostgres().catch(async (error) => {
    await removeDirectory(directory);
    throw error;
  });
  announce(postgres);
  globalThis.endOfRun = async () => {
    await postgres.stop();
    await removeDirectory(directory);
  };
};
