import { Injectable } from '@nestjs/common';
import { Facts, type FactsTransaction } from '../database/facts.js';
import { toInteger } from '../http/attributes.js';
import { badRequest, notFound } from '../http/neutron-error.js';
import type { SetQuotaBody } from './quota.body.js';
import { COUNTED, QUOTA_RESOURCES, type QuotaResource } from './quota-resources.js';
import { usedOf } from './quota-store.js';

@Injectable()
export class SetQuota {
  constructor(private readonly facts: Facts) {}

  /** Sets the limits that the body names. Below what the project has it can only lose, unless the body wants that refused. */
  run(projectId: string, body: SetQuotaBody): Promise<void> {
    return this.facts.commit(async (tx) => {
      const named = QUOTA_RESOURCES.filter((resource) => body[resource] !== undefined);
      await waitForCreations(tx, named);
      for (const resource of named) {
        const limit = toInteger(body[resource]);
        if (body.check_limit === true) await requireEnough(tx, projectId, resource, limit);
        await tx.db.query(
          `INSERT INTO quota (project_id, resource, most) VALUES ($1, $2, $3)
           ON CONFLICT (project_id, resource) DO UPDATE SET most = excluded.most`,
          [projectId, resource, limit],
        );
      }
    });
  }

  /** The project has the default limits again. Throws 404 if it had no others. */
  reset(projectId: string): Promise<void> {
    return this.facts.commit(async (tx) => {
      await waitForCreations(tx, QUOTA_RESOURCES);
      const [gone]: [unknown[], number] = await tx.db.query(
        'DELETE FROM quota WHERE project_id = $1 RETURNING resource',
        [projectId],
      );
      if (gone.length === 0) throw notFound('TenantQuotaNotFound', `Quota for tenant ${projectId} could not be found.`);
    });
  }
}

/**
 * Whoever has stored something without committing it goes by the limits as they were: waits for him, and lets nobody else begin
 * before there are others.
 */
async function waitForCreations(tx: FactsTransaction, resources: readonly QuotaResource[]): Promise<void> {
  const tables = resources.flatMap((resource) => COUNTED.get(resource) ?? []);
  if (tables.length > 0) await tx.db.query(`LOCK TABLE ${tables.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
}

async function requireEnough(
  tx: FactsTransaction,
  projectId: string,
  resource: QuotaResource,
  limit: number,
): Promise<void> {
  const used = limit < 0 ? 0 : await usedOf(tx.db, resource, projectId);
  if (limit < 0 || used <= limit) return;
  throw badRequest(`Quota limit ${limit} for ${resource} must be greater than or equal to already used ${used}`);
}
