import { Injectable } from '@nestjs/common';
import { reportTable } from '@l2gw/contracts';
import { Progress } from '../reconcile/progress.js';
import { resolveConfirmation } from '../reconcile/resolve-confirmation.js';
import { PushedTables } from './pushed-tables.js';

/** Tells what became of each network on the switch. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly progress: Progress,
    private readonly tables: PushedTables,
  ) {}

  start(): void {
    this.progress.onChange((network) => this.changed(network));
    this.progress.drift.onChange(([network, row]) => this.tables.report.put(reportTable.driftKey(network), row));
  }

  private changed(network: string): void {
    const confirmation = resolveConfirmation(network, this.progress.standing(network));
    if (confirmation === 'unchanged') return;
    const key = reportTable.confirmationKey(network);
    if (confirmation === 'none') return this.tables.report.drop(key);
    const { row, state, problems } = confirmation;
    this.tables.report.put(key, { row, state, problems });
  }
}
