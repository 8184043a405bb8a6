import { Bus, type Subscription } from '@l2gw/bus';
import {
  type RecalledRow,
  type SyncRecall,
  type SyncRecalled,
  syncClient,
  syncRecall,
  syncReport,
} from '@l2gw/contracts';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Facts } from '../database/facts.js';

/** Where remote-sync is told what it has pushed, so that a new instance goes on where its predecessor was. */
@Injectable()
export class RecallDoor implements OnModuleInit, OnModuleDestroy {
  private serving: Subscription | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.serving = this.bus.serve(syncRecall.subject, 'api', async ({ body }) => ({
      body: JSON.stringify(await this.recall(syncRecall.decode(JSON.parse(body)))),
    }));
  }

  onModuleDestroy(): void {
    this.serving?.stop();
  }

  private async recall({ table, after = '' }: SyncRecall): Promise<SyncRecalled> {
    const isWhole = table === syncReport.table;
    const rows: RecalledRow[] = await this.facts.db.query(
      `SELECT key ${isWhole ? ', row' : ''} FROM pushed_row
       WHERE table_name = $1 AND key > $2 AND EXISTS (SELECT FROM pushed_table WHERE name = $1 AND client = $3)
       ORDER BY key LIMIT $4`,
      [table, after, syncClient, syncRecall.most],
    );
    return { rows, more: rows.length === syncRecall.most };
  }
}
