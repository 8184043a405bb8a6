import { setImmediate as turn } from 'node:timers/promises';
import { Client } from 'pg';
import type { DatabaseSettings } from '../database/data-source.js';

/** Any number nobody else uses; the same in every replica. */
const COMPILER_LOCK = 4_212_002;

/**
 * The compiler looks up what was marked and nothing else: a round costs what it changes, not what there is. Its statements are planned
 * once, perhaps while a table is still empty; to read all of it is the best plan then, and the worst when another cloud has told of
 * 50,000 MACs. To plan the look-up of 500 MACs takes nearly as long as to look them up.
 */
const PLANNED_ONCE = 'SET enable_seqscan = off; SET jit = off; SET plan_cache_mode = force_generic_plan';

/**
 * The connection that the compiler writes with. The lock that makes it the only one belongs to this very connection: who loses the
 * connection loses both at once, so no predecessor can write late.
 */
export class CompilerConnection {
  private readonly prepared = new Map<string, string>();
  /** Whatever is asked meanwhile would be outside of the transaction that it belongs to. */
  private isRollingBack = false;

  private constructor(private readonly client: Client) {}

  /** Resolves with `undefined` if another replica is the active one. */
  static async acquire(
    settings: DatabaseSettings,
    onLost: (error: Error) => void,
  ): Promise<CompilerConnection | undefined> {
    const client = new Client({
      connectionString: settings.url,
      application_name: 'l2gw-compiler',
      keepAlive: true,
      pipeline: true,
      ...(settings.ca ? { ssl: { ca: settings.ca } } : {}),
    });
    client.on('error', onLost);
    client.on('end', () => onLost(new Error('the connection has ended')));
    await client.connect();
    const { rows } = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_lock($1) AS ours', [COMPILER_LOCK]);
    if (rows[0]?.ours === true) {
      await client.query(PLANNED_ONCE);
      return new CompilerConnection(client);
    }
    client.removeAllListeners('end');
    await client.end();
    return undefined;
  }

  /**
   * Every statement is prepared once: planning them anew in each round would take longer than running them. They are sent at once and
   * run in the order in which they were asked: who does not wait in between saves the way there and back.
   */
  async query<Row extends object>(text: string, values: unknown[] = []): Promise<readonly Row[]> {
    if (this.isRollingBack) throw new Error('the transaction that this statement belongs to has failed');
    const name = this.prepared.get(text) ?? `compiler-${this.prepared.size}`;
    this.prepared.set(text, name);
    return (await this.client.query<Row>({ name, text, values })).rows;
  }

  /** Of work that fails nothing is left, also if parts of it go on meanwhile. */
  async transaction<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      const [, result] = await Promise.all([this.client.query('BEGIN'), work()]);
      await this.client.query('COMMIT');
      return result;
    } catch (error) {
      await this.rollBack();
      throw error;
    }
  }

  /** Parts of the work that went on beside the one that failed have had their answers by then, and a turn to try what they would do next. */
  private async rollBack(): Promise<void> {
    this.isRollingBack = true;
    try {
      await this.client.query('ROLLBACK');
      await turn();
    } finally {
      this.isRollingBack = false;
    }
  }

  async close(): Promise<void> {
    this.client.removeAllListeners('end');
    await this.client.end();
  }
}
