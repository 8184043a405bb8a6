import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { DatabaseSettings } from './data-source.js';

/** Any number nobody else uses; the same in every replica. */
const MIGRATION_LOCK = 4_212_001;

/** Brings the schema up to date. Replicas that start together take turns on an advisory lock of a connection of their own. */
export async function migrate(dataSource: DataSource, settings: DatabaseSettings): Promise<readonly string[]> {
  const client = new Client({ connectionString: settings.url, ...(settings.ca ? { ssl: { ca: settings.ca } } : {}) });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}
