/** What two clouds cost each other: tables as a whole, one MAC, rows that were lost, a restart; with PostgreSQL (fsync on) at both ends, and FRR beside it. */
import type { Figure } from './support/figures.js';
import { bulk } from './sync/bulk.js';
import { frr } from './sync/frr.js';
import { oneMac } from './sync/one-mac.js';

export async function sync(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const question of [bulk, oneMac, frr]) figures.push(...(await question()));
  return figures;
}
