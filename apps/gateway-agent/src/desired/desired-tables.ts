import { Bus } from '@l2gw/bus';
import { apiWriter, switchClientId } from '@l2gw/contracts';
import { Log } from '@l2gw/runtime';
import { type DecodeRow, type Replica, TableReader } from '@l2gw/tables';
import { Injectable } from '@nestjs/common';
import { AgentConfig } from '../config.js';
import { StateStore } from './state-store.js';

/** Replicas of the API's tables, which begin with what was remembered of them. Each switch may read its own table, and those of its networks. */
@Injectable()
export class DesiredTables {
  /** By the names of the switches. */
  private readonly readers: ReadonlyMap<string, TableReader>;
  private readonly readerOf = new Map<string, TableReader>();
  private remembered = new Map<string, unknown>();

  constructor(
    config: AgentConfig,
    bus: Bus,
    private readonly log: Log,
    private readonly store: StateStore,
  ) {
    this.readers = new Map(config.switchNames.map((name, index) => [name, this.newReader(bus, name, index === 0)]));
  }

  /** All have the same writer. */
  get stale(): boolean {
    return [...this.readers.values()].some((reader) => reader.silent);
  }

  async load(): Promise<void> {
    this.remembered = await this.store.load();
  }

  start(): void {
    for (const reader of this.readers.values()) reader.start();
  }

  async stop(): Promise<void> {
    for (const reader of this.readers.values()) reader.stop();
    await this.store.stop();
  }

  /** `switchName`: in whose name it is read. */
  follow<Row>(switchName: string, table: string, decode: DecodeRow<Row>): Replica<Row> {
    const reader = this.readers.get(switchName);
    if (reader === undefined) throw new Error(`${switchName} is no switch of this agent`);
    this.readerOf.set(table, reader);
    return reader.follow(table, decode, { persist: this.store.isOn });
  }

  /** Asks the API at once whether everything is as we have it; resolves when it has said so, which may be never. */
  async check(): Promise<void> {
    await Promise.all([...this.readers.values()].map((reader) => reader.askAll()));
  }

  /** To be called once whoever follows the table listens. */
  recall(table: Replica<unknown>): void {
    const state = this.remembered.get(table.name);
    this.remembered.delete(table.name);
    if (state !== undefined && !table.restore(state))
      this.log.warn('state-not-used', { table: table.name, reason: 'what was remembered is no sound state of it' });
    table.onChange(() => this.store.remember(table));
  }

  /** What the API has said about the table may have been right only then: it is asked again at once. */
  askAgain(table: string): void {
    this.readerOf.get(table)?.ask(table);
  }

  unfollow(table: string): void {
    this.readerOf.get(table)?.unfollow(table);
    this.readerOf.delete(table);
    this.store.forget(table);
  }

  /** Nobody will ask any more for what is still remembered of other tables. */
  forgetOthers(): void {
    for (const table of this.remembered.keys()) this.store.forget(table);
    this.remembered.clear();
  }

  private newReader(bus: Bus, switchName: string, tellsSilence: boolean): TableReader {
    return new TableReader({
      bus,
      client: switchClientId(switchName),
      writer: apiWriter.name,
      onSilence: (silent) => tellsSilence && this.log.info('api-silent', { silent }),
      onProblem: (problem) => this.log.debug('table', { error: problem }),
    });
  }
}
