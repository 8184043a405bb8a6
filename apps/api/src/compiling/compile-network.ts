import type { FloodRow, MacRow } from '@l2gw/contracts';
import { type Candidate, selectBest } from '../forwarding/select-best.js';

/** The row `mac/<MAC>` of a network's table as it goes on the wire; absent if the MAC is nowhere. */
export function compileMac(candidates: readonly Candidate[]): object | undefined {
  const best = selectBest(candidates);
  if (best === undefined) return undefined;
  const row: Pick<MacRow, 'ips' | 'kind'> = { ips: best.ips, kind: best.kind };
  return { ...row, place: { vtep: best.vtep } };
}

/** The row `vtep/<IP>` of a network's table: who there wants the network's flooded frames; absent if nobody. */
export function compileVtep(members: ReadonlySet<FloodRow['kind']>): object | undefined {
  if (members.has('switch')) return { kind: 'switch' };
  return members.has('host') ? { kind: 'host' } : undefined;
}
