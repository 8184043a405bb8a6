import { type ClientId, reportTable, switchClientId } from '@l2gw/contracts';
import type { EntityManager } from 'typeorm';
import { EPOCH_SQL } from '../publishing/epoch.js';

/**
 * The agent has said up to which revision of its table everything is cleaned up: what was to be gone by then holds no VNI any more. A
 * revision of another epoch (a restored backup) says nothing.
 */
export async function releaseVnis(db: EntityManager, switchName: string, keys: readonly string[]): Promise<void> {
  if (!keys.includes(reportTable.cleanupKey)) return;
  const id: ClientId = switchClientId(switchName);
  await db.query(
    `DELETE FROM vni_hold USING pushed_row
     WHERE switch_id = $1 AND table_name = $2 AND key = '${reportTable.cleanupKey}'
       AND row ->> 'epoch' = (${EPOCH_SQL}) AND gone_revision <= (row ->> 'revision')::bigint`,
    [id, reportTable.table(id)],
  );
}
