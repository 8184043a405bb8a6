import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Facts } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { notFound } from '../http/neutron-error.js';

/** Nouns that can be tagged, by the collection that they are in. */
export const TAGGED = { networks: 'network', subnets: 'subnet', ports: 'port' } as const;

export type Collection = keyof typeof TAGGED;

/** The tags of one thing; each of them once, in the order of the alphabet. */
@Injectable()
export class TagStore {
  constructor(private readonly facts: Facts) {}

  tagsOf(collection: Collection, id: string): Promise<readonly string[]> {
    return answer(this.facts.db, collection, id, `SELECT tags FROM ${TAGGED[collection]} WHERE id = $1`, []);
  }

  /** The things' revision counts on, as Neutron's does. */
  async replace(collection: Collection, id: string, tags: readonly string[]): Promise<readonly string[]> {
    return this.change(collection, id, 'ARRAY(SELECT DISTINCT unnest($2::text[]) ORDER BY 1)', tags);
  }

  async add(collection: Collection, id: string, tag: string): Promise<void> {
    await this.change(collection, id, 'ARRAY(SELECT DISTINCT unnest(tags || $2::text[]) ORDER BY 1)', [tag]);
  }

  async remove(collection: Collection, id: string, tag: string): Promise<void> {
    await this.change(collection, id, 'ARRAY(SELECT unnest(tags) EXCEPT SELECT unnest($2::text[]) ORDER BY 1)', [tag]);
  }

  private change(
    collection: Collection,
    id: string,
    value: string,
    tags: readonly string[],
  ): Promise<readonly string[]> {
    const update = `UPDATE ${TAGGED[collection]} SET tags = ${value}, updated_at = now(), revision_number = revision_number + 1 WHERE id = $1`;
    const statement = `WITH changed AS (${update} RETURNING tags) SELECT tags FROM changed`;
    return this.facts.commit(({ db }) => answer(db, collection, id, statement, [tags]));
  }
}

async function answer(
  db: EntityManager,
  collection: Collection,
  id: string,
  statement: string,
  parameters: readonly unknown[],
): Promise<readonly string[]> {
  const [row]: { tags: string[] }[] = isUuid(id) ? await db.query(statement, [id, ...parameters]) : [];
  if (row !== undefined) return row.tags;
  throw notFound('TagResourceNotFound', `Resource ${collection} ${id} could not be found.`);
}
