import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { eventually } from './eventually.js';
import { type OwnPostgres, startOwnPostgres } from './postgres.js';
import { createDatabase } from './shared-postgres.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // its server is killed under it
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

describe('The PostgreSQL of a test run', () => {
  it('gives every spec file an empty database of its own', async () => {
    const [one, other] = await Promise.all([createDatabase('one'), createDatabase('one')]);
    await query(one, 'CREATE TABLE things (id int)');
    expect(await query(one, "SELECT to_regclass('things')::text")).toEqual(['things']);
    expect(await query(other, "SELECT to_regclass('things')::text")).toEqual([null]);
  });
});

describe('A PostgreSQL of our own', () => {
  let server: OwnPostgres;

  beforeEach(async () => {
    server = await startOwnPostgres();
  });

  afterEach(() => server.stop());

  it('keeps what was committed when it is killed and started again at the same address', async () => {
    const database = await server.createDatabase('crash');
    await query(database, 'CREATE TABLE things AS SELECT 7 AS id');
    await server.kill();
    await expect(query(database, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
    await server.restart();
    expect(await query(database, 'SELECT id FROM things')).toEqual([7]);
  });

  it('ends a busy backend too when it is killed', async () => {
    const busy = query(server.url, 'SELECT pg_sleep(60)');
    const failure = expect(busy).rejects.toThrow();
    await eventually(async () =>
      expect(
        await query(server.url, "SELECT count(*)::int FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"),
      ).toEqual([1]),
    );
    await server.kill();
    await failure;
    await server.restart();
  });

  it('is silent while paused and answers afterwards', async () => {
    await server.pause();
    const answer = query(server.url, 'SELECT 1 AS one');
    const first = await Promise.race([answer, sleep(200, 'silence')]);
    await server.resume();
    expect(first).toBe('silence');
    expect(await answer).toEqual([1]);
  });

  it('writes through to the disk unless told otherwise', async () => {
    expect(await query(server.url, 'SHOW fsync')).toEqual(['on']);
  });

  it('takes its data with it when it is stopped', async () => {
    await server.stop();
    expect(existsSync(server.dataDirectory)).toBe(false);
  });
});
