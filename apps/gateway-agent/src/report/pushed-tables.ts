import { Log } from '@l2gw/runtime';
import { Bus } from '@l2gw/bus';
import { Injectable } from '@nestjs/common';
import { type LearnedMac, learnedTable, reportTable } from '@l2gw/contracts';
import { PushWriter } from '@l2gw/tables';
import { Listeners } from '../listeners.js';
import { ReportedSwitch } from './reported-switch.js';

/** The two tables that the agent pushes to the API, under one epoch. */
@Injectable()
export class PushedTables {
  readonly report: PushWriter;
  readonly learned: PushWriter<LearnedMac>;
  private readonly fenced = new Listeners<undefined>();

  constructor(
    { client }: ReportedSwitch,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {
    this.report = this.writer(client, reportTable.table(client));
    this.learned = this.writer(client, learnedTable.table(client));
  }

  /** Told when a higher epoch was given to somebody: nothing is sent any more until `open`. */
  onFenced(listener: () => void): () => void {
    return this.fenced.on(listener);
  }

  open(epoch: number): void {
    this.report.open(epoch);
    this.learned.open(epoch);
  }

  /** The API has, or will soon have, what it should. */
  get isStuck(): boolean {
    return [this.report, this.learned].some((each) => each.status === 'pushing');
  }

  stop(): void {
    this.report.stop();
    this.learned.stop();
  }

  private writer<Row extends object>(client: string, table: string): PushWriter<Row> {
    return new PushWriter<Row>({
      bus: this.bus,
      client,
      table,
      onFenced: (epoch) => {
        this.log.warn('fenced', { table, epoch });
        this.fenced.tell(undefined);
      },
      onProblem: (error) => this.log.debug('push', { table, error }),
    });
  }
}
