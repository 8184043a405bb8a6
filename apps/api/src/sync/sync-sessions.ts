import { type OpenSync, type SyncOpened, syncClient, syncSession } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { decideLease } from './decide-lease.js';

/** Says which instance of remote-sync is the active one, by the clock of the database. */
@Injectable()
export class SyncSessions {
  constructor(private readonly facts: Facts) {}

  open(ask: OpenSync): Promise<SyncOpened> {
    return this.facts.commit(async (tx) => {
      const [row]: { epoch: string; instance: string; left_ms: number; pushed: string }[] = await tx.db.query(
        `SELECT epoch, instance, extract(epoch FROM held_until - clock_timestamp())::float8 * 1000 AS left_ms,
           (SELECT coalesce(max(epoch), 0) FROM pushed_table WHERE client = $1) AS pushed
         FROM sync_session FOR UPDATE`,
        [syncClient],
      );
      const lease = {
        epoch: Number(row?.epoch ?? 0),
        instance: row?.instance ?? '',
        leftMs: row?.left_ms ?? -Infinity,
        pushed: Number(row?.pushed ?? 0),
      };
      const decided = decideLease(lease, ask);
      if ('epoch' in decided) {
        await tx.db.query(
          `UPDATE sync_session SET epoch = $1, instance = $2, held_until = clock_timestamp() + $3 * interval '1 millisecond'`,
          [decided.epoch, ask.instance, syncSession.leaseMs],
        );
      }
      return decided;
    });
  }
}
