import type { EntityManager } from 'typeorm';
import { CONNECTION_PORT } from '../inventory/connection-port-owner.js';
import { COUNTED, QUOTA_RESOURCES, type QuotaResource } from './quota-resources.js';

/** The limits that operators have set, and what there is to be counted. */

export interface OwnLimit {
  readonly project_id: string;
  readonly resource: QuotaResource;
  readonly most: number;
}

/** Limits of the project's own, or those of all projects. */
export function ownLimits(db: EntityManager, projectId?: string): Promise<readonly OwnLimit[]> {
  return db.query(
    'SELECT project_id, resource, most FROM quota WHERE $1::text IS NULL OR project_id = $1 ORDER BY project_id',
    [projectId ?? null],
  );
}

/**
 * A condition: one of the projects has a limit, its own or the default.
 * Both parameters are places such as `$4`: a list of project ids, and the default.
 */
export const anyLimited = (resource: QuotaResource, projects: string, byDefault: string): string => `
  EXISTS (
    SELECT FROM unnest(${projects}::text[]) AS asking LEFT JOIN quota ON quota.project_id = asking AND resource = '${resource}'
    WHERE coalesce(most, ${byDefault}::integer) >= 0)`;

/** How many the project has. */
export async function usedOf(db: EntityManager, resource: QuotaResource, projectId: string): Promise<number> {
  const [row]: { used: string }[] = await db.query(`SELECT ${count(resource)} AS used`, [projectId]);
  return Number(row?.used);
}

/** How many the project has of everything. */
export async function usage(db: EntityManager, projectId: string): Promise<ReadonlyMap<QuotaResource, number>> {
  const columns = QUOTA_RESOURCES.map((resource) => `${count(resource)} AS ${resource}`).join(', ');
  const [row]: Record<QuotaResource, string>[] = await db.query(`SELECT ${columns} WHERE $1::text IS NOT NULL`, [
    projectId,
  ]);
  return new Map(QUOTA_RESOURCES.map((resource) => [resource, Number(row?.[resource])]));
}

/** The ports that stand for connections are counted as connections. */
function count(resource: QuotaResource): string {
  const table = COUNTED.get(resource);
  if (table === undefined) return '0';
  const others = resource === 'port' ? ` AND device_owner <> '${CONNECTION_PORT}'` : '';
  return `(SELECT count(*) FROM ${table} WHERE project_id = $1${others})`;
}
