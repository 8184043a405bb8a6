/** Ends a session whose monitor has fallen silent, although the server answers. */

import type { Watched } from './canary.js';
import { askCanary } from './canary.js';
import { rowIs } from './conditions.js';
import { MonitorSilent, OvsdbError } from './errors.js';
import type { Operation } from './operations.js';
import { select } from './operations.js';
import { pause } from './pause.js';
import type { OwnRow } from './own-writes.js';
import { unseenRow } from './own-writes.js';
import type { DatabaseSchema } from './schema.js';
import type { Session } from './session.js';
import { readResults } from './transact.js';

export interface WatchSettings {
  /** Between two questions to an idle monitor, in milliseconds. 0: never. */
  readonly canaryIntervalMs: number;
  /** How long the update of a transaction of ours may come after its reply. */
  readonly ownWriteGraceMs: number;
  /** For each request. */
  readonly timeoutMs: number;
}

export interface WatchedLink extends Watched {
  readonly schema: DatabaseSchema;
}

export class MonitorWatch {
  private readonly ended = new AbortController();
  private doubted = false;

  constructor(
    private readonly session: Session,
    private readonly link: WatchedLink,
    private readonly settings: WatchSettings,
  ) {
    void session.closed.then(() => this.ended.abort());
  }

  /** Resolves when the session has ended. */
  async run(): Promise<void> {
    const { canaryIntervalMs, timeoutMs } = this.settings;
    for (let question = 1; canaryIntervalMs > 0 && this.session.open; question += 1) {
      await pause(canaryIntervalMs, this.ended.signal);
      const id = `canary ${question}`;
      if (this.session.open) await this.endIf(() => askCanary(this.session, this.link, { id, timeoutMs }));
    }
  }

  /** To be told of every transaction of ours that was committed. */
  committed(operations: readonly Operation[], results: readonly unknown[]): void {
    if (this.doubted || this.settings.canaryIntervalMs === 0) return;
    const row = unseenRow(this.link.replica, this.link, operations, results);
    if (row !== undefined) void this.clearUp(row);
  }

  private async clearUp(row: OwnRow): Promise<void> {
    this.doubted = true;
    await pause(this.settings.ownWriteGraceMs, this.ended.signal);
    if (this.session.open) await this.endIf(() => this.isHidden(row));
    this.doubted = false;
  }

  /** Somebody may have deleted the row meanwhile; the server knows. */
  private async isHidden({ table, id }: OwnRow): Promise<string | undefined> {
    const { replica, dbName } = this.link;
    if (replica.table(table).has(id)) return undefined;
    const operations = [select(table, rowIs(id), ['_uuid'])] as const;
    const { timeoutMs } = this.settings;
    const reply = await this.session.request('transact', [dbName, ...operations], { timeoutMs });
    const [{ rows }] = readResults(operations, reply);
    const hidden = rows.length > 0 && !replica.table(table).has(id);
    return hidden ? `a row of ours in ${table} was committed, and no update told of it` : undefined;
  }

  private async endIf(question: () => Promise<string | undefined>): Promise<void> {
    try {
      const wrong = await question();
      if (wrong !== undefined) this.session.close(new MonitorSilent(wrong));
    } catch (error) {
      // a server that does not answer is the business of the echo probe, one that refuses the question has answered
      if (!(error instanceof OvsdbError)) throw error;
    }
  }
}
