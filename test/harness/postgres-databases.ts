/** Databases on one server: a new one for every spec file. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export class Databases {
  /** `prefix` begins every name, so that what one test run made can be found again and dropped. */
  constructor(
    private readonly serverUrl: string,
    private readonly prefix = 'l2gw_test',
  ) {}

  async create(label: string): Promise<string> {
    const readable = label.toLowerCase().replace(/[^a-z0-9]+/g, '_');
    const name = `${this.prefix}_${readable.slice(0, 24)}_${randomBytes(3).toString('hex')}`;
    await this.query(`CREATE DATABASE "${name}"`);
    const url = new URL(this.serverUrl);
    url.pathname = `/${name}`;
    return url.toString();
  }

  async dropAll(): Promise<void> {
    for (const name of await this.names()) await this.query(`DROP DATABASE "${name}" WITH (FORCE)`);
  }

  private async names(): Promise<string[]> {
    const rows = await this.query(`SELECT datname FROM pg_database WHERE starts_with(datname, '${this.prefix}_')`);
    return rows.map(({ datname }) => String(datname));
  }

  private async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.serverUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }
}
