import type { Log } from '@l2gw/runtime';
import type { DataSource } from 'typeorm';
import type { AuditRecord } from './audit-record.js';
import { writeRecords } from './audit-store.js';

/** Rows wait so long for company, and so long after the database did not take them. */
const LINGER_MS = 100;
const RETRY_MS = 5000;
const MOST = 2000;

/** PostgreSQL's class of errors for values that it cannot store: the same rows would be refused for ever. */
const UNSTORABLE = /^22/;

/** Rows that are written soon, many at a time. */
export class WaitingRecords {
  private records: AuditRecord[] = [];
  private writing: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  get full(): boolean {
    return this.records.length >= MOST;
  }

  add(...records: readonly AuditRecord[]): void {
    this.records.push(...records);
    this.wake(LINGER_MS);
  }

  /** Writes what waits now; what cannot be written is lost. */
  async close(): Promise<void> {
    await this.writing;
    await this.write();
    this.records = [];
  }

  private wake(pause: number): void {
    if (this.records.length === 0) return;
    this.writing ??= new Promise((resolve) => setTimeout(resolve, pause))
      .then(() => this.write())
      .then((written) => {
        this.writing = undefined;
        this.wake(written ? LINGER_MS : RETRY_MS);
      });
  }

  private async write(): Promise<boolean> {
    const { length } = this.records;
    try {
      await writeRecords(this.dataSource.manager, this.records.slice(0, length));
    } catch (error) {
      this.log.error('audit-not-written', { error, records: length });
      if (!isUnstorable(error)) return false;
    }
    this.records.splice(0, length);
    return true;
  }
}

function isUnstorable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && UNSTORABLE.test(String(error.code));
}
