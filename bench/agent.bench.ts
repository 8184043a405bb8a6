/** What one agent achieves and costs, beside raw sockets on the same switch database. */
import { fill } from './agent/fill.js';
import { manyRows } from './agent/many-rows.js';
import { manyVlans } from './agent/many-vlans.js';
import { oneMac } from './agent/one-mac.js';
import type { Figure } from './support/figures.js';

const QUESTIONS = [fill, oneMac, manyRows, manyVlans];

export async function agent(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const question of QUESTIONS) figures.push(...(await question()));
  return figures;
}
