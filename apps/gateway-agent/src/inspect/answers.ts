import { bindingStatistics, type SwitchQuestion } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Switch } from '../switch/switch.js';
import { Difference } from './difference.js';
import { RecentTransactions } from './recent-transactions.js';
import { Resync } from './resync.js';

const STATISTICS_MS = 15_000;

/** Answers what operators ask about a switch. */
@Injectable()
export class Answers {
  constructor(
    private readonly target: Switch,
    private readonly transactions: RecentTransactions,
    private readonly difference: Difference,
    private readonly resync: Resync,
  ) {}

  start(): void {
    this.transactions.start();
  }

  async to(question: SwitchQuestion, switchName: string): Promise<object> {
    switch (question) {
      case 'transactions':
        return { transactions: this.transactions.all() };
      case 'diff':
        return this.difference.find(switchName);
      case 'resync':
        return { ...(await this.resync.run()), networks: this.difference.networks(switchName).size };
      case 'statistics':
        return this.statistics(switchName);
    }
  }

  private async statistics(switchName: string): Promise<object> {
    const bindings = await this.target.statistics(switchName, { timeoutMs: STATISTICS_MS });
    return { count: bindings.length, bindings: bindings.slice(0, bindingStatistics.most) };
  }
}
