import { Log } from '@l2gw/runtime';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Bus } from '@l2gw/bus';
import { PushReceiver } from '@l2gw/tables';
import { mayPush } from './push-owners.js';
import { PushedTables } from './pushed-tables.js';

/** Where the tables of agents and of remote-sync come in from the bus; any replica takes them. */
@Injectable()
export class PushDoor implements OnModuleInit, OnModuleDestroy {
  private readonly receiver: PushReceiver;

  constructor(bus: Bus, log: Log, store: PushedTables) {
    this.receiver = new PushReceiver({
      bus,
      store,
      mayPush,
      onProblem: (error) => log.warn('push-failed', { error }),
    });
  }

  onModuleInit(): void {
    this.receiver.start();
  }

  onModuleDestroy(): void {
    this.receiver.stop();
  }
}
