import { Bus } from '@l2gw/bus';
import { type ExportedMac, type SyncRow, apiWriter, exportTable, syncClient, syncTable } from '@l2gw/contracts';
import { Log } from '@l2gw/runtime';
import { type Replica, TableReader } from '@l2gw/tables';
import { Injectable } from '@nestjs/common';

interface Followed {
  readonly replica: Replica<ExportedMac>;
  readers: number;
}

/** Replicas of what our own API says: who the peers are, and what they may be told. A stand-by has them, too, so that it can take over at once. */
@Injectable()
export class OwnTables {
  readonly sync: Replica<SyncRow>;
  private readonly reader: TableReader;
  private readonly exports = new Map<string, Followed>();

  constructor(bus: Bus, log: Log) {
    this.reader = new TableReader({
      bus,
      client: syncClient,
      writer: apiWriter.name,
      onSilence: (silent) => log.info('api-silent', { silent }),
      onProblem: (problem) => log.debug('table', { error: problem }),
    });
    this.sync = this.reader.follow(syncTable.table, syncTable.decode);
  }

  start(): void {
    this.reader.start();
  }

  stop(): void {
    this.reader.stop();
  }

  /** Each `follow` is to be undone by one `leave`. */
  follow(network: string): Replica<ExportedMac> {
    const followed = this.exports.get(network) ?? {
      replica: this.reader.follow(exportTable.table(network), exportTable.decode),
      readers: 0,
    };
    followed.readers += 1;
    this.exports.set(network, followed);
    return followed.replica;
  }

  leave(network: string): void {
    const followed = this.exports.get(network);
    if (followed === undefined) return;
    followed.readers -= 1;
    if (followed.readers > 0) return;
    this.exports.delete(network);
    this.reader.unfollow(exportTable.table(network));
  }
}
