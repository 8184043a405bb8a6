import { Log } from '@l2gw/runtime';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';

const EVERY_MS = 3_600_000;
const KEPT_FOR = '1 day';
/** How long it is remembered that a MAC or an IP has moved, after nobody claims it any more. */
const MOVES_KEPT_FOR = '7 days';

const LONG_GONE = `gone_at < extract(epoch FROM now() - interval '${MOVES_KEPT_FOR}') * 1000`;
/** What has gone may have come back: then other clouds and the switches are told of it. */
const isTold = (condition: string): string => `EXISTS (SELECT FROM derived_row, sync_stretch
  WHERE sync_stretch.network_id = known.network_id AND derived_row.table_name = 'network/' || known.network_id
    AND key = 'mac/' || known.mac AND ${condition})`;

/**
 * Forgets drops that were overtaken by a later change of the key, of which readers are told instead, and those that every reader has had time to
 * hear of; who comes later compares digests. And how MACs and IPs have moved that nobody has claimed for a week.
 */
@Injectable()
export class PruneDrops implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.prune(), EVERY_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async prune(): Promise<void> {
    try {
      await this.dataSource.query(
        `DELETE FROM derived_drop AS dropped WHERE EXISTS (
           SELECT FROM (SELECT table_name, key, revision FROM derived_row UNION ALL SELECT table_name, key, revision FROM derived_drop) AS change
           WHERE change.table_name = dropped.table_name AND change.key = dropped.key AND change.revision > dropped.revision)`,
      );
      await this.dataSource.query(
        `WITH gone AS (DELETE FROM derived_drop WHERE dropped_at < now() - interval '${KEPT_FOR}' RETURNING revision)
         UPDATE table_epoch SET pruned = greatest(pruned, (SELECT max(revision) FROM gone)) WHERE EXISTS (SELECT FROM gone)`,
      );
      await this.dataSource.query(
        `DELETE FROM mac_sequence AS known WHERE ${LONG_GONE} AND NOT is_frozen AND NOT ${isTold('true')}`,
      );
      await this.dataSource.query(
        `WITH forgotten AS (
           DELETE FROM ip_claim AS known WHERE ${LONG_GONE} AND NOT withheld AND NOT ${isTold("row::jsonb -> 'ips' ? known.ip")} RETURNING network_id, mac)
         UPDATE mac_sequence SET judged = NULL FROM forgotten
         WHERE (mac_sequence.network_id, mac_sequence.mac) = (forgotten.network_id, forgotten.mac) AND judged IS NOT NULL`,
      );
      await this.dataSource.query(
        `DELETE FROM ip_settling WHERE NOT EXISTS (SELECT FROM ip_claim WHERE (network_id, ip) = (ip_settling.network_id, ip_settling.ip))`,
      );
    } catch (error) {
      this.log.warn('prune-failed', { error });
    }
  }
}
