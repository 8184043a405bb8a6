import { Bus } from '@l2gw/bus';
import { apiWriter, switchClientId } from '@l2gw/contracts';
import { Log } from '@l2gw/runtime';
import { type DecodeRow, type Replica, TableReader } from '@l2gw/tables';
import { Injectable } from '@nestjs/common';
import { AgentConfig } from '../config.js';
import { StateStore } from './state-store.js';

/** Replicas of the API's tables, which begin with what was remembered of them. */
@Injectable()
export class DesiredTables {
  private readonly reader: TableReader;
  private remembered = new Map<string, unknown>();

  constructor(
    config: AgentConfig,
    bus: Bus,
    private readonly log: Log,
    private readonly store: StateStore,
  ) {
    this.reader = new TableReader({
      bus,
      client: switchClientId(config.switchName),
      writer: apiWriter.name,
      onSilence: (silent) => log.info('api-silent', { silent }),
      onProblem: (problem) => log.debug('table', { error: problem }),
    });
  }

  get stale(): boolean {
    return this.reader.silent;
  }

  async load(): Promise<void> {
    this.remembered = await this.store.load();
  }

  start(): void {
    this.reader.start();
  }

  async stop(): Promise<void> {
    this.reader.stop();
    await this.store.stop();
  }

  follow<Row>(table: string, decode: DecodeRow<Row>): Replica<Row> {
    return this.reader.follow(table, decode, { persist: this.store.isOn });
  }

  /** Asks the API at once whether everything is as we have it; resolves when it has said so, which may be never. */
  check(): Promise<void> {
    return this.reader.askAll();
  }

  /** To be called once whoever follows the table listens. */
  recall(table: Replica<unknown>): void {
    const state = this.remembered.get(table.name);
    this.remembered.delete(table.name);
    if (state !== undefined && !table.restore(state))
      this.log.warn('state-not-used', { table: table.name, reason: 'what was remembered is no sound state of it' });
    table.onChange(() => this.store.remember(table));
  }

  unfollow(table: string): void {
    this.reader.unfollow(table);
    this.store.forget(table);
  }

  /** Nobody will ask any more for what is still remembered of other tables. */
  forgetOthers(): void {
    for (const table of this.remembered.keys()) this.store.forget(table);
    this.remembered.clear();
  }
}
