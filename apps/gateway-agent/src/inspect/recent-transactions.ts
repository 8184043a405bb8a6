import { type SentTransaction, sentTransactions } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Switch } from '../switch/switch.js';
import type { TransactionReport } from '../switch/transaction-report.js';

/** Of a switch's words; some repeat what they refuse. */
const MOST_TEXT = 500;

/** Remembers the last transactions that were sent to the switch. */
@Injectable()
export class RecentTransactions {
  /** How many there were since the start. */
  count = 0;
  private readonly recent: SentTransaction[] = [];

  constructor(private readonly target: Switch) {}

  start(): void {
    this.target.onTransaction((report) => this.add(report));
  }

  /** The newest first. */
  all(): readonly SentTransaction[] {
    return this.recent.toReversed();
  }

  private add(report: TransactionReport): void {
    this.count += 1;
    this.recent.push(told(report));
    if (this.recent.length > sentTransactions.most) this.recent.shift();
  }
}

function told({ at, durationMs, networks, operations, error }: TransactionReport): SentTransaction {
  return {
    at: new Date(at).toISOString(),
    durationMs: Math.round(durationMs),
    networks: networks.slice(0, sentTransactions.mostNetworks),
    operations,
    ...(error === undefined ? {} : { error: error.message.slice(0, MOST_TEXT) }),
  };
}
