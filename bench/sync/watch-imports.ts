/** Looks into the database of a cloud for what others have said to it. */
import { Client } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 20;

export class Imports {
  private constructor(private readonly client: Client) {}

  static async watch(databaseUrl: string): Promise<Imports> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    return new Imports(client);
  }

  async count(): Promise<number> {
    const { rows } = await this.client.query<{ count: string }>(
      `SELECT count(*) FROM pushed_row WHERE table_name LIKE 'import/%'`,
    );
    return Number(rows[0]?.count);
  }

  /** Rows that were ever written, or changed, or deleted, in what others say and in what follows from it. */
  async writes(): Promise<number> {
    const { rows } = await this.client.query<{ writes: string }>(
      `SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) AS writes FROM pg_stat_user_tables
       WHERE relname IN ('pushed_row', 'derived_row', 'mac_sequence')`,
    );
    return Number(rows[0]?.writes);
  }

  /** Resolves when there are exactly so many. */
  async reach(count: number): Promise<void> {
    while ((await this.count()) !== count) await pause(LOOK_MS);
  }

  stop(): Promise<void> {
    return this.client.end();
  }
}
