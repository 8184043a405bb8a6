import { Log } from '@l2gw/runtime';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiConfig } from '../config.js';
import type { AuditRecord } from './audit-record.js';
import { type Arrival, AuditTrail, type Outcome } from './audit-trail.js';
import { RefusalBudget } from './refusal-budget.js';
import { kindOf, sumUp } from './sum-up.js';
import { WaitingRecords } from './waiting-records.js';

const SUM_MS = 60_000;

/**
 * Writes the rows of requests that have committed nothing: refused ones, and changes to what was so already. That is after
 * the answer, and the last ones are lost when the process dies. What exceeds its budget is summed up, a row a minute for each kind.
 */
@Injectable()
export class AuditRecorder implements OnApplicationShutdown {
  private readonly waiting: WaitingRecords;
  private readonly budgets = { admitted: new RefusalBudget(), strangers: new RefusalBudget() };
  private readonly sums = new Map<string, AuditRecord>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    dataSource: DataSource,
    private readonly log: Log,
    private readonly config: ApiConfig,
  ) {
    this.waiting = new WaitingRecords(dataSource, log);
    this.timer = setInterval(() => this.releaseSums(), SUM_MS);
  }

  /** Nothing is followed where no trail is to be kept. */
  trailOf(arrival: Arrival, changes?: 'changes' | 'reads'): AuditTrail | undefined {
    return this.config.auditDays === 0 ? undefined : new AuditTrail(arrival, changes);
  }

  /** Writes the request's row unless it has one. */
  finish(trail: AuditTrail | undefined, outcome: Outcome): void {
    const [record] = trail?.pending(undefined, outcome) ?? [];
    if (trail === undefined || record === undefined) return;
    trail.settled();
    if (this.hasRoom(trail, outcome)) this.waiting.add(record);
    else this.addToSum(record);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.releaseSums();
    await this.waiting.close();
  }

  private hasRoom(trail: AuditTrail, { status }: Outcome): boolean {
    if (this.waiting.full) return false;
    return status < 400 || this.budgets[trail.admitted ? 'admitted' : 'strangers'].take();
  }

  private addToSum(record: AuditRecord): void {
    const kind = kindOf(record);
    const sum = this.sums.get(kind);
    this.sums.set(kind, sum === undefined ? record : sumUp(sum, record));
  }

  private releaseSums(): void {
    if (this.waiting.full || this.sums.size === 0) return;
    const sums = [...this.sums.values()];
    this.sums.clear();
    for (const { status, error_type, count } of sums) this.log.warn('audit-summed-up', { status, error_type, count });
    this.waiting.add(...sums);
  }
}
