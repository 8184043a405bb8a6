import { reportTable } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { type DesiredChange, DesiredState } from '../desired/desired-state.js';
import { Switch } from '../switch/switch.js';
import { PushedTables } from './pushed-tables.js';
import { ReportedSwitch } from './reported-switch.js';

/** Tells up to which revision of the switch's table everything that it no longer names is gone from the switch: then its VNIs are free. */
@Injectable()
export class CleanupReporter {
  /** Something was to go, and it has not been told yet that it is gone. */
  private isPending = true;

  constructor(
    private readonly reported: ReportedSwitch,
    private readonly desired: DesiredState,
    private readonly target: Switch,
    private readonly tables: PushedTables,
  ) {}

  start(): void {
    this.desired.onChange((change) => this.wanted(change));
  }

  all(): void {
    this.isPending = true;
    this.look();
  }

  /** A logical switch may have gone. */
  look(): void {
    const position = this.desired.position(this.reported.name);
    if (!this.isPending || position === undefined || this.target.state.kind !== 'active') return;
    for (const network of this.target.contents.networks()) if (this.desired.wish(network) === undefined) return;
    this.isPending = false;
    this.tables.report.put(reportTable.cleanupKey, position);
  }

  private wanted(change: DesiredChange): void {
    if (change.kind !== 'switch') return;
    const isLess = change.networks.some((network) => this.desired.wish(network) === undefined);
    if (isLess || change.nowCertain) this.all();
  }
}
