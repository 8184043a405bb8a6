import { syncTable } from '@l2gw/contracts';
import { ConfigurationError } from '@l2gw/runtime';
import type { DataSource } from 'typeorm';
import { INSERT_LISTS, listParameters } from '../database/mark-lists.js';

/** One token of a subject, short enough for every name that is made of it. */
export const CLOUD_ID = /^[a-z0-9][a-z0-9-]{0,30}$/;

/**
 * Gives the cloud its id, once and for all: other clouds know by it who has said what. Without one it keeps the one it has.
 * Throws `ConfigurationError` if it has another one.
 */
export async function settleCloudId(dataSource: DataSource, wanted: string | undefined): Promise<void> {
  if (wanted === undefined) return;
  await dataSource.query('INSERT INTO cloud (id) VALUES ($1) ON CONFLICT (one) DO NOTHING', [wanted]);
  const [cloud]: { id: string }[] = await dataSource.query('SELECT id FROM cloud');
  if (cloud?.id === wanted) return markSync(dataSource);
  throw new ConfigurationError([
    `L2GW_CLOUD_ID is ${wanted}, but this database belongs to cloud ${cloud?.id}, as its peers know it: a cloud keeps its id`,
  ]);
}

/** What remote-sync is told is written from now on. */
async function markSync(dataSource: DataSource): Promise<void> {
  await dataSource.query(INSERT_LISTS, listParameters(0, [{ table: syncTable.table, keys: [''] }]));
}
