import type { RibIn, RibInRow } from '@l2gw/contracts';
import { MOST_RIB_IN, markerOf } from './rib-in-query.js';

/** What this cloud makes of a MAC that was accepted. */
export interface Standing {
  readonly state: 'active' | 'pending' | 'shadowed' | 'stale' | 'frozen';
  readonly reason: string;
}

/** What becomes of what a peer says of a MAC. */
export const OUTCOMES = ['selected', 'pending', 'shadowed', 'stale', 'frozen', 'refused', 'unused'] as const;

/** A row of a peer, and what became of it; `standing` of what was accepted. */
export function ribInView(row: RibInRow, standing: Standing | undefined): Readonly<Record<string, unknown>> {
  return {
    id: markerOf(row),
    rgw_connection: row.connection,
    network_id: row.network,
    mac: row.mac,
    sequence: row.said?.sequence ?? null,
    static: row.said?.static ?? null,
    ips: row.said?.ips ?? [],
    kind: row.said?.kind ?? null,
    ...outcomeOf(row, standing),
    refused: row.refused,
  };
}

/** The link to what comes after, if there is more. */
export function ribInLinks({ rows, more }: RibIn, peer: string, query: URLSearchParams): object {
  const last = rows.at(-1);
  if (!more || last === undefined) return {};
  const next = new URLSearchParams(query);
  next.set('limit', query.get('limit') ?? String(MOST_RIB_IN));
  next.set('marker', markerOf(last));
  return { rib_in_links: [{ rel: 'next', href: `/v2.0/l2-sync-peers/${peer}/rib-in?${next.toString()}` }] };
}

function outcomeOf({ accepted, refused }: RibInRow, standing: Standing | undefined): object {
  if (!accepted && refused.length > 0) return { outcome: 'refused', reason: refused.join(', ') };
  if (!accepted) return { outcome: 'unused', reason: 'the state of the stretch says why nothing of it is used' };
  if (standing === undefined) return { outcome: 'pending', reason: 'it is being stored' };
  const { state, reason } = standing;
  return { outcome: state === 'active' ? 'selected' : state, reason };
}
