import type { Resynced } from '@l2gw/contracts';
import { within } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { DesiredTables } from '../desired/desired-tables.js';
import { Loops } from '../reconcile/loops.js';
import { Marking } from '../reconcile/marking.js';
import { RecentTransactions } from './recent-transactions.js';

/** The whole answer has to come within the time that the API waits. */
const TABLES_MS = 5000;
const LOOPS_MS = 15_000;

/** Compares everything once more, first what is wanted with the API, then the switch with that. */
@Injectable()
export class Resync {
  constructor(
    private readonly tables: DesiredTables,
    private readonly marking: Marking,
    private readonly loops: Loops,
    private readonly transactions: RecentTransactions,
  ) {}

  async run(): Promise<Omit<Resynced, 'networks'>> {
    const before = this.transactions.count;
    const tablesChecked = await within(TABLES_MS, this.tables.check());
    this.marking.everything();
    const settled = await within(LOOPS_MS, this.loops.settled());
    return { tablesChecked, settled: settled && this.loops.idle, transactions: this.transactions.count - before };
  }
}
