import { Bus } from '@l2gw/bus';
import { apiWriter } from '@l2gw/contracts';
import { type Position, TablePublisher } from '@l2gw/tables';
import { Injectable } from '@nestjs/common';
import { CompiledNews } from '../events/compiled-news.js';
import type { RoundResult } from './round.js';

/** Tells what the active compiler has committed: readers of tables what has changed in these, and everybody who watches what that means. */
@Injectable()
export class Announcements {
  private publisher: TablePublisher | undefined;
  /** Of the tables; undefined: this replica's compiler is not the active one. */
  private position: Position | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly news: CompiledNews,
  ) {}

  begin(instance: string, position: Position): void {
    this.position = position;
    const options = { bus: this.bus, writer: apiWriter.name, instance, position: () => this.position };
    this.publisher = new TablePublisher(options);
    this.publisher.start();
    this.news.begin();
  }

  committed({ deltas, position, conflicts }: RoundResult): void {
    if (position !== undefined) {
      this.position = position;
      this.publisher?.publish(position.epoch, deltas);
      this.news.written(deltas);
    }
    this.news.conflicts(conflicts);
  }

  /** Nothing was committed, but another replica may have begun a new epoch. */
  looked(position: Position): void {
    this.position = position;
  }

  end(): void {
    if (this.publisher === undefined) return;
    this.news.end();
    this.publisher.stop();
    this.publisher = undefined;
    this.position = undefined;
  }
}
