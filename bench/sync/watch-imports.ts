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

  /** To be given to `writtenSince`. */
  async now(): Promise<string> {
    const { rows } = await this.client.query<{ now: string }>('SELECT pg_current_xact_id()::text AS now');
    return rows[0]?.now ?? '';
  }

  /** Rows that were written, changed or dropped since then, in what others say and in what follows from it. PostgreSQL's own counts come seconds late. */
  async writtenSince(then: string): Promise<number> {
    const { rows } = await this.client.query<{ written: string }>(
      `SELECT count(*) AS written FROM (SELECT xmin FROM pushed_row UNION ALL SELECT xmin FROM derived_row
         UNION ALL SELECT xmin FROM derived_drop UNION ALL SELECT xmin FROM mac_sequence) AS row WHERE xmin::text::bigint >= $1::bigint`,
      [then],
    );
    return Number(rows[0]?.written);
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

  /** Resolves when there are exactly so many MACs of the network, whoever said them. */
  derives(network: string, count: number): Promise<void> {
    return until(async () => (await this.count(network))[1] === count, COUNT_MS);
  }

  stop(): Promise<void> {
    return this.client.end();
  }

  private async count(network: string): Promise<readonly number[]> {
    const { rows } = await this.client.query<{ said: string; derived: string }>(
      `SELECT (SELECT count(*) FROM pushed_row WHERE table_name LIKE 'import/%') AS said,
         (SELECT count(*) FROM derived_row WHERE table_name = $1 AND key LIKE 'mac/%') AS derived`,
      [`network/${network}`],
    );
    return [Number(rows[0]?.said), Number(rows[0]?.derived)];
  }
}
