import { Injectable } from '@nestjs/common';
import { reportTable } from '@l2gw/contracts';
import { Progress } from '../reconcile/progress.js';
import { resolveConfirmation } from '../reconcile/resolve-confirmation.js';
import { PushedTables } from './pushed-tables.js';
import { ReportedSwitch } from './reported-switch.js';

/** Tells what became of each network on the switch. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly reported: ReportedSwitch,
    private readonly progress: Progress,
    private readonly tables: PushedTables,
  ) {}

  start(): void {
    this.progress.onChange((network) => this.changed(network));
    this.progress.drift.onChange(([network, row]) => this.tables.report.put(reportTable.driftKey(network), row));
  }

  private changed(network: string): void {
    const standing = this.progress.standing(network, this.reported.name);
    if (standing.row === undefined && standing.logicalSwitch === 'absent') this.forgetDrift(network);
    const confirmation = resolveConfirmation(network, standing);
    if (confirmation === 'unchanged') return;
    const key = reportTable.confirmationKey(network);
    if (confirmation === 'none') return this.tables.report.drop(key);
    const { row, state, problems } = confirmation;
    this.tables.report.put(key, { row, state, problems });
  }

  /** What others did to a network that is no more is of no use. */
  private forgetDrift(network: string): void {
    this.progress.drift.forget(network);
    this.tables.report.drop(reportTable.driftKey(network));
  }
}
