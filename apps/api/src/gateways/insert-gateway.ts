import type { EntityManager } from 'typeorm';
import { insertAudit } from '../audit/audit-store.js';
import { anyLimited } from '../quotas/quota-store.js';
import type { GatewayDevice, GatewayEntity } from './gateway.entity.js';

/** Writing a new gateway, in one statement wherever that suffices: a transaction takes three times as long. */

export interface NewGateway {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly devices: readonly GatewayDevice[];
}

export async function insertGateway(db: EntityManager, gateway: NewGateway): Promise<GatewayEntity> {
  const [row]: GatewayEntity[] = await db.query(insertGatewayIf('true'), valuesOf(gateway));
  if (row === undefined) throw new Error('an insert without a row');
  return row;
}

/**
 * The same with the audit record, unless the project has a limit: then its gateways must be counted, and nothing is stored.
 * Who changes a limit locks the table first (`set-quota.ts`).
 */
export function insertGatewayIfFree(
  db: EntityManager,
  gateway: NewGateway,
  { limit, audit }: { readonly limit: number; readonly audit: string },
): Promise<readonly GatewayEntity[]> {
  const condition = `NOT ${anyLimited('l2_gateway', 'ARRAY[$3]', '$5')}`;
  const audited = `, audited AS (${insertAudit('$6', 'EXISTS (SELECT FROM new)')})`;
  return db.query(insertGatewayIf(condition, audited), [...valuesOf(gateway), limit, audit]);
}

function valuesOf({ id, name, project_id, devices }: NewGateway): readonly [string, string, string, string] {
  return [id, name, project_id, JSON.stringify(devices)];
}

const insertGatewayIf = (condition: string, more = ''): string => `
  WITH new AS (
    INSERT INTO l2_gateway (id, name, project_id, devices)
    SELECT $1::uuid, $2::text, $3::text, $4::jsonb WHERE ${condition}
    RETURNING *
  )${more}
  SELECT * FROM new`;
