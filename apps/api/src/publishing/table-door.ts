import { Log } from '@l2gw/runtime';
import { Bus } from '@l2gw/bus';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { apiWriter } from '@l2gw/contracts';
import { TableServer } from '@l2gw/tables';
import { DerivedTables } from './derived-tables.js';

/** Where readers of the tables come in from the bus; any replica serves them. */
@Injectable()
export class TableDoor implements OnModuleInit, OnModuleDestroy {
  private readonly server: TableServer;

  constructor(bus: Bus, log: Log, source: DerivedTables) {
    this.server = new TableServer({
      bus,
      source,
      queue: apiWriter.queue,
      onProblem: (error) => log.warn('table-request-failed', { error }),
    });
  }

  onModuleInit(): void {
    this.server.start();
  }

  onModuleDestroy(): void {
    this.server.stop();
  }
}
