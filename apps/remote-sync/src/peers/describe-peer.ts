import type { SyncPeerState } from '@l2gw/contracts';
import type { Life } from './liveness.js';

/** What is known of a peer. */
export interface PeerSight {
  readonly life: Life;
  /** Something of it was believed in this session. */
  readonly wasHeard: boolean;
  readonly hasLeft: boolean;
  readonly isQuarantined: boolean;
  /** It does not call itself what we know it by. */
  readonly impostor?: string;
  /** Its bus does not let us in, or its answers are not signed by it. */
  readonly refusal?: string;
  /** Why it was not reached last. */
  readonly problem?: string;
  /** By how much its clock is ahead of ours, in milliseconds. */
  readonly clockAheadMs?: number;
}

/** Beyond it times in logs of both clouds cannot be compared; what is shared does not depend on it. */
const MOST_SKEW_MS = 600_000;

/** Its state, and why it is not live. */
export function describePeer(sight: PeerSight): { readonly state: SyncPeerState; readonly reason?: string } {
  const { life, impostor, refusal, problem } = sight;
  if (sight.isQuarantined)
    return { state: 'quarantined', reason: 'too much was said in its name that it has not signed' };
  if (impostor !== undefined) return { state: 'refused', reason: impostor };
  if (refusal !== undefined && life !== 'live') return { state: 'refused', reason: refusal };
  if (life === 'live') return { state: 'live', ...clockReason(sight.clockAheadMs ?? 0) };
  const why = problem === undefined ? {} : { reason: problem };
  if (!sight.wasHeard) return { state: 'connecting', ...why };
  if (sight.hasLeft) return { state: 'silent', reason: 'it has said good-bye' };
  return { state: life === 'degraded' ? 'degraded' : 'silent', ...why };
}

/** In whole hours or minutes, so that a report is not told anew each second. */
function clockReason(aheadMs: number): { readonly reason?: string } {
  const minutes = Math.floor(Math.abs(aheadMs) / 60_000);
  if (Math.abs(aheadMs) <= MOST_SKEW_MS) return {};
  const much = minutes < 120 ? 'more than 10 minutes' : `about ${Math.round(minutes / 60)} hours`;
  return { reason: `its clock is ${much} ${aheadMs > 0 ? 'ahead of' : 'behind'} ours; nothing else depends on it` };
}
