import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ApiConfig } from '../config.js';
import type { FactsTransaction } from '../database/facts.js';
import { conflict } from '../http/neutron-error.js';
import { type Limits, type QuotaResource, limitsFrom } from './quota-resources.js';
import { type OwnLimit, ownLimits, usedOf } from './quota-store.js';

/** The limits of projects, and the rule that nobody exceeds his. */
@Injectable()
export class Quotas {
  constructor(private readonly config: ApiConfig) {}

  get defaults(): Limits {
    return this.config.quotaDefaults;
  }

  async limitsOf(db: EntityManager, projectId: string): Promise<Limits> {
    return this.limitsWith(await ownLimits(db, projectId));
  }

  /** The limits of every project that has some of its own. */
  async all(db: EntityManager): Promise<ReadonlyMap<string, Limits>> {
    const projects = new Map<string, OwnLimit[]>();
    for (const each of await ownLimits(db)) {
      projects.set(each.project_id, [...(projects.get(each.project_id) ?? []), each]);
    }
    return new Map([...projects].map(([project, limits]) => [project, this.limitsWith(limits)]));
  }

  private limitsWith(own: readonly OwnLimit[]): Limits {
    const limits = new Map(own.map(({ resource, most }) => [resource, most]));
    return limitsFrom((resource) => limits.get(resource) ?? this.defaults[resource]);
  }

  /**
   * Call after the new things were stored, as the last step of their transaction: then who changes a limit waits for it
   * (`set-quota.ts`), and of several at once each counts the others. Throws 409 `OverQuota`.
   */
  async require(tx: FactsTransaction, resource: QuotaResource, projectId: string): Promise<void> {
    const limit = (await this.limitsOf(tx.db, projectId))[resource];
    if (limit < 0) return;
    await tx.lock('quota', `${resource}/${projectId}`, 'exclusive');
    if ((await usedOf(tx.db, resource, projectId)) <= limit) return;
    throw conflict('OverQuota', `Quota exceeded for resources: ['${resource}'].`);
  }
}
