/** Looks into the database of a cloud for what others have said to it, and for what it has derived from that. */
import { Client } from 'pg';
import { until } from './until.js';

const LOOK_MS = 20;
const COUNT_MS = 250;

export class Imports {
  private constructor(private readonly client: Client) {}

  static async watch(databaseUrl: string): Promise<Imports> {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    return new Imports(client);
  }

  /** Rows that were ever written, or changed, or deleted, in what others say and in what follows from it. */
  async writes(): Promise<number> {
    const { rows } = await this.client.query<{ writes: string }>(
      `SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) AS writes FROM pg_stat_user_tables
       WHERE relname IN ('pushed_row', 'derived_row', 'mac_sequence')`,
    );
    return Number(rows[0]?.writes);
  }

  /** Of all that is derived of the network: the same for the same rows. */
  async digest(network: string): Promise<string> {
    const { rows } = await this.client.query<{ digest: string }>('SELECT digest FROM derived_table WHERE name = $1', [
      `network/${network}`,
    ]);
    return rows[0]?.digest ?? '';
  }

  /** Resolves when this is committed. A look costs nothing: to count 50,000 rows again and again would be most of what is measured. */
  becomes(network: string, digest: string): Promise<void> {
    return until(async () => (await this.digest(network)) === digest, LOOK_MS);
  }

  /** Resolves when there are exactly so many MACs that others have said, and that were derived of the network, which has none of its own. */
  reach(network: string, count: number): Promise<void> {
    return until(async () => (await this.count(network)).every((each) => each === count), COUNT_MS);
  }

  stop(): Promise<void> {
    return this.client.end();
  }

  private async count(network: string): Promise<readonly number[]> {
    const { rows } = await this.client.query<{ said: string; derived: string }>(
      `SELECT (SELECT count(*) FROM pushed_row WHERE table_name LIKE 'import/%') AS said,
         (SELECT count(*) FROM derived_row WHERE table_name = $1 AND key LIKE 'mac/%' AND row IS NOT NULL) AS derived`,
      [`network/${network}`],
    );
    return [Number(rows[0]?.said), Number(rows[0]?.derived)];
  }
}
