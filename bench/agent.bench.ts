/** What one agent achieves and costs, beside raw sockets on the same switch database. */
import { fill } from './agent/fill.js';
import type { Figure } from './support/figures.js';

const QUESTIONS = { fill } as const;

export async function agent(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const question of Object.values(QUESTIONS)) figures.push(...(await question()));
  return figures;
}
