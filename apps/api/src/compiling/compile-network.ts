import type { FloodRow, MacRow, RemoteRow } from '@l2gw/contracts';
import { parseVni, parseVtepIp } from '@l2gw/l2';
import { type Candidate, selectBest } from '../forwarding/select-best.js';

/** The row `mac/<MAC>` of a network's table as it goes on the wire; absent if the MAC is nowhere. */
export function compileMac(candidates: readonly Candidate[]): object | undefined {
  const best = selectBest(candidates);
  if (best === undefined) return undefined;
  const row: Pick<MacRow, 'ips' | 'kind'> = { ips: best.ips, kind: best.kind };
  return { ...row, place: best.place };
}

/** The row `vtep/<IP>` of a network's table: who there wants the network's flooded frames; absent if nobody. */
export function compileVtep(members: ReadonlySet<FloodRow['kind']>): object | undefined {
  if (members.has('switch')) return { kind: 'switch' };
  return members.has('host') ? { kind: 'host' } : undefined;
}

/** What the facts say of a remote gateway connection. */
export interface StretchedNetwork {
  readonly vtep: string;
  readonly vni: number;
  /** The switches that have the connection. */
  readonly borders: readonly { readonly vtep: string; readonly relays: boolean }[];
}

/** The row `remote/<connection>` of a network's table; absent if there is no such connection. */
export function compileRemote(
  stretched: StretchedNetwork | undefined,
): Omit<RemoteRow, 'row' | 'connection'> | undefined {
  if (stretched === undefined) return undefined;
  const { vtep, vni, borders } = stretched;
  const vtepsOf = (each: typeof borders) => [...new Set(each.map((border) => border.vtep))].sort().map(parseVtepIp);
  return {
    vtep: parseVtepIp(vtep),
    vni: parseVni(vni),
    borders: vtepsOf(borders),
    relays: vtepsOf(borders.filter((border) => border.relays)),
  };
}
