import { Bus } from '@l2gw/bus';
import { syncClient } from '@l2gw/contracts';
import { Log } from '@l2gw/runtime';
import { PushWriter } from '@l2gw/tables';
import { Injectable } from '@nestjs/common';
import { type Recalled, recall } from './recall.js';

/** The tables that are pushed to the API under one epoch. */
@Injectable()
export class Pushes {
  private readonly tables = new Map<string, PushedTable>();
  private epoch: number | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly log: Log,
  ) {}

  begin(epoch: number): void {
    this.end();
    this.epoch = epoch;
  }

  /** Nothing of this session is pushed any more. */
  end(): void {
    this.epoch = undefined;
    for (const table of this.tables.values()) table.stop();
    this.tables.clear();
  }

  /** The same one each time: within a session a table has one writer. */
  table(name: string): PushedTable {
    const known = this.tables.get(name);
    if (known !== undefined) return known;
    const onProblem = (error: unknown): void => this.log.debug('push', { table: name, error });
    const onFenced = (epoch: number): void => this.log.warn('fenced', { table: name, epoch });
    const options = { bus: this.bus, client: syncClient, table: name, onProblem, onFenced };
    const table = new PushedTable(new PushWriter(options), () => this.epoch);
    recall(this.bus, name).then(
      (rows) => table.recalled(rows),
      (error: unknown) => this.forgot(table, error),
    );
    this.tables.set(name, table);
    return table;
  }

  /** The API has no others any more. */
  keep(names: ReadonlySet<string>): void {
    for (const [name, table] of [...this.tables]) {
      if (names.has(name)) continue;
      table.stop();
      this.tables.delete(name);
    }
  }

  /** What cannot be recalled is as if it had never been said. */
  private forgot(table: PushedTable, error: unknown): void {
    this.log.debug('recall', { error });
    table.recalled(new Map());
  }
}

/** A pushed table. Until it is opened the API keeps what it has: what was pushed by a predecessor is not taken back for want of knowledge. */
export class PushedTable {
  /** What the API had when the session began; undefined: it has not said yet. */
  memory: Recalled | undefined;
  private opened = false;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly writer: PushWriter,
    private readonly epoch: () => number | undefined,
  ) {}

  recalled(memory: Recalled): void {
    this.memory = memory;
    for (const run of this.waiting.splice(0)) run();
  }

  /** Runs as soon as it is known what the API had. */
  onRecalled(run: () => void): void {
    if (this.memory === undefined) this.waiting.push(run);
    else run();
  }

  put(key: string, row: object): void {
    this.writer.put(key, row);
  }

  drop(key: string): void {
    this.writer.drop(key);
  }

  /** Drops all other rows. */
  keepOnly(keeps: (key: string) => boolean): void {
    this.writer.keepOnly(keeps);
  }

  /** From now on the API has what this table has. */
  open(): void {
    const epoch = this.epoch();
    if (this.opened || epoch === undefined) return;
    this.opened = true;
    this.writer.open(epoch);
  }

  clear(): void {
    this.writer.replaceAll([]);
    this.open();
  }

  get isOpen(): boolean {
    return this.opened;
  }

  stop(): void {
    this.waiting.length = 0;
    this.writer.stop();
  }
}
