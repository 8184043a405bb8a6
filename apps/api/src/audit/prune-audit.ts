import { Log } from '@l2gw/runtime';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiConfig } from '../config.js';

const EVERY_MS = 3_600_000;
/** Rows at a time, so that nobody waits for a long transaction. */
const CHUNK = 10_000;
/** PostgreSQL's times end somewhere. */
const MOST_DAYS = 100_000;
/** What strangers were refused is kept no longer than this. */
const STRANGERS_DAYS = 7;

/** Forgets what is older than the trail is to reach back. */
@Injectable()
export class PruneAudit implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
    private readonly config: ApiConfig,
  ) {}

  onApplicationBootstrap(): void {
    void this.prune();
    this.timer = setInterval(() => void this.prune(), EVERY_MS);
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  async prune(): Promise<void> {
    const days = Math.min(this.config.auditDays, MOST_DAYS);
    try {
      await this.forget(days, 'true');
      await this.forget(Math.min(days, STRANGERS_DAYS), 'NOT admitted');
    } catch (error) {
      this.log.warn('prune-failed', { error });
    }
  }

  private async forget(days: number, condition: string): Promise<void> {
    for (let gone = CHUNK; gone === CHUNK && !this.stopped;) {
      const [, count]: [unknown, number] = await this.dataSource.query(
        `DELETE FROM audit WHERE id IN
           (SELECT id FROM audit WHERE at < now() - make_interval(days => $1) AND ${condition} ORDER BY at LIMIT ${CHUNK})`,
        [days],
      );
      gone = count;
    }
  }
}
