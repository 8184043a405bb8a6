/** The one PostgreSQL of a test run: started before the first spec file, each of which makes a database of its own. */
import { randomBytes } from 'node:crypto';
import { startOwnPostgres } from './postgres.js';
import { Databases } from './postgres-databases.js';

export interface SharedPostgres {
  readonly url: string;
  createDatabase(label: string): Promise<string>;
  stop(): Promise<void>;
}

/** Not `L2GW_…`: these are no settings of the product, and every program started by a spec inherits them. */
const URL_VARIABLE = 'HARNESS_POSTGRES_URL';
const PREFIX_VARIABLE = 'HARNESS_DATABASE_PREFIX';

/** The server that L2GW_DATABASE_URL names, or else one of our own; crash tests use `startOwnPostgres()`. */
export async function startPostgres(): Promise<SharedPostgres> {
  const existing = process.env['L2GW_DATABASE_URL'];
  return existing === undefined ? startOwnPostgres({ fsync: false }) : borrowed(existing);
}

/** A new, empty database on the server of this test run. */
export function createDatabase(label: string): Promise<string> {
  const url = process.env[URL_VARIABLE];
  if (url === undefined) throw new Error('no PostgreSQL was started for this run: use startPostgres()');
  return new Databases(url, process.env[PREFIX_VARIABLE]).create(label);
}

/** Tells the workers of a test run, which inherit the environment, where its server is. */
export function announce({ url }: SharedPostgres, prefix = runPrefix()): void {
  process.env[URL_VARIABLE] = url;
  process.env[PREFIX_VARIABLE] = prefix;
}

/** Somebody else's server is left as it was found. */
function borrowed(url: string): SharedPostgres {
  const databases = new Databases(url, runPrefix());
  return {
    url,
    createDatabase: (label) => databases.create(label),
    stop: () => databases.dropAll(),
  };
}

function runPrefix(): string {
  process.env[PREFIX_VARIABLE] ??= `l2gw_test_${randomBytes(3).toString('hex')}`;
  return process.env[PREFIX_VARIABLE];
}
