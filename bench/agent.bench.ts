/** What one agent achieves and costs, beside raw sockets and beside ovn-controller-vtep. */
import { fill } from './agent/fill.js';
import { manyRows } from './agent/many-rows.js';
import { manyVlans } from './agent/many-vlans.js';
import { oneMac } from './agent/one-mac.js';
import { ovn } from './agent/ovn.js';
import type { Figure } from './support/figures.js';

const QUESTIONS = [fill, oneMac, manyRows, manyVlans, ovn];

export async function agent(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const question of QUESTIONS) figures.push(...(await question()));
  return figures;
}
