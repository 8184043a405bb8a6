import { SYNC_REFUSALS } from '@l2gw/contracts';
import type { Listing } from '../http/listing.js';
import { isTunnelDown } from '../switches/tunnel-down.js';
import { utc } from '../http/utc.js';
import { type PeerRow, SYNC_PEERS } from './peer-store.js';

/** A peer as operators see it: what they want of it, and what remote-sync says of it. */
export function peerView(row: PeerRow): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    name: row.name,
    cloud: row.cloud,
    servers: row.servers,
    credentials: row.credentials,
    keys: row.keys,
    enabled: row.enabled,
    policy: row.policy,
    limits: row.limits,
    stale_seconds: row.stale_seconds,
    on_tunnel_down: row.on_tunnel_down,
    transit: row.transit,
    next_hop_self: row.next_hop_self,
    remote_gateways: row.remote_gateways,
    ...stateOf(row),
    epoch: row.report?.epoch ?? null,
    accepted: row.stretches.reduce((sum, each) => sum + (each.report?.accepted ?? 0), 0),
    refused: refusedOf(row),
    stretches: row.stretches.map(({ report, tunnels, ...stretch }) => ({
      ...stretch,
      state: report?.state ?? 'waiting',
      reason: report?.reason ?? '',
      their_seg_ids: report?.theirSegIds ?? [],
      accepted: report?.accepted ?? 0,
      refused: report?.refused ?? {},
      tunnels_down: tunnels.filter(({ tunnel }) => isTunnelDown(tunnel)).map((each) => each.switch),
      digests_equal: report?.digestsEqual ?? null,
    })),
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

/** What nobody keeps up to date any more is not passed off as the state of things. */
function stateOf({ enabled, report, is_served }: PeerRow): object {
  const state_since = report?.since ?? null;
  if (!enabled) return { state: 'disabled', state_reason: '', state_since };
  if (!is_served) {
    const last = report === null ? 'it has not reported yet' : `it said ${report.state} last`;
    return { state: 'unknown', state_reason: `no remote-sync is active, start it; ${last}`, state_since };
  }
  return { state: report?.state ?? 'connecting', state_reason: report?.reason ?? '', state_since };
}

/** Of all stretches together, by the reason. */
function refusedOf({ stretches }: PeerRow): Readonly<Record<string, number>> {
  const countOf = (reason: (typeof SYNC_REFUSALS)[number]) =>
    stretches.reduce((sum, each) => sum + (each.report?.refused[reason] ?? 0), 0);
  return Object.fromEntries(
    SYNC_REFUSALS.map((reason) => [reason, countOf(reason)] as const).filter(([, count]) => count > 0),
  );
}

export const peerListing: Listing<PeerRow> = {
  from: SYNC_PEERS,
  path: '/v2.0/l2-sync-peers',
  plural: 'l2_sync_peers',
  attributes: {
    id: 'listed.id',
    name: 'listed.name',
    cloud: 'listed.cloud',
    credentials: 'listed.credentials',
    enabled: 'listed.enabled',
    stale_seconds: 'listed.stale_seconds',
    on_tunnel_down: 'listed.on_tunnel_down',
    transit: 'listed.transit',
    next_hop_self: 'listed.next_hop_self',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
    revision_number: 'listed.revision_number',
  },
  flags: ['enabled', 'transit', 'next_hop_self'],
  view: peerView,
};
