import type { StretchRow, SyncRefusal, SyncStretchReport } from '@l2gw/contracts';
import type { Life } from '../peers/liveness.js';
import type { Match } from '../peers/resolve-match.js';
import type { Refusals } from './acceptance.js';

/** What is known of one stretch. */
export interface StretchSight {
  readonly stretch: StretchRow;
  readonly life: Life;
  /** Absent: the peer has not said yet what it shares. */
  readonly match?: Match;
  readonly isWithdrawn: boolean;
  readonly isComplete: boolean;
  readonly isConfirmed: boolean;
  /** Repairs do not make both ends agree. */
  readonly isDiverging: boolean;
  /** It says so much more than the limits allow that not all of it is held. */
  readonly isPartial: boolean;
  readonly accepted: number;
  readonly refused: Refusals;
  /** What was not believed of the peer. */
  readonly disbelieved: Readonly<Record<'sig' | 'replay', number>>;
  readonly theirFlood?: boolean;
  /** Another cloud passes on what counts now. */
  readonly detour?: { readonly by: string; readonly isLive: boolean; readonly accepted: number };
}

/** The row of `sync-report` that says it. */
export function describeStretch(sight: StretchSight): Omit<SyncStretchReport, 'report' | 'connection'> {
  const { accepted, match, detour } = sight;
  if (detour !== undefined) return describeDetour(sight, detour);
  const state = stateOf(sight);
  const reason = reasonOf(sight, state);
  return {
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(match?.kind === 'seg_mismatch' ? { theirSegIds: match.theirSegIds } : {}),
    accepted,
    refused: refusedOf(sight),
    ...(state === 'live' && sight.isConfirmed && !sight.isPartial ? { digestsEqual: !sight.isDiverging } : {}),
  };
}

function stateOf({ life, match, isWithdrawn, isComplete }: StretchSight): SyncStretchReport['state'] {
  if (isWithdrawn && life === 'silent') return 'waiting';
  if (life === 'silent') return 'stale';
  if (match !== undefined && match.kind !== 'matched') return match.kind;
  if (life === 'never' || match === undefined) return 'waiting';
  return isComplete ? 'live' : 'syncing';
}

function reasonOf(sight: StretchSight, state: SyncStretchReport['state']): string | undefined {
  const { stretch, match, theirFlood } = sight;
  if (state === 'seg_mismatch' && match?.kind === 'seg_mismatch')
    return `we know the network by ${stretch.segId}, the peer shares ${match.theirSegIds.join(', ')}`;
  if (state === 'unmatched') return `the peer does not share ${stretch.segId}`;
  if (state === 'stale') return 'the peer is silent: what it said last is kept';
  if (state === 'waiting' && sight.isWithdrawn) return 'the peer has taken back what it said';
  if (sight.isDiverging) return NOT_CONVERGING;
  if (sight.refused.bad_vtep !== undefined) return `the peer's end is not at ${stretch.vtep}, our remote gateway`;
  if (sight.isPartial) return TOO_MUCH;
  if (state !== 'live' || theirFlood === undefined || theirFlood === stretch.flood) return undefined;
  return theirFlood ? 'the peer floods and we do not' : 'we flood and the peer does not';
}

const TOO_MUCH =
  'limit: the peer says more than twice the MACs that its limits allow; those that are known stay, of the others only some are looked at';

const NOT_CONVERGING =
  'digest_nonconverging: repairs do not make both ends agree, as if they did not hash alike; one is tried each minute';

function describeDetour(
  sight: StretchSight,
  { by, isLive, accepted }: NonNullable<StretchSight['detour']>,
): ReturnType<typeof describeStretch> {
  const reason = isLive ? `heard by way of ${by}` : `heard by way of ${by}, silent now: what was said last is kept`;
  return { state: isLive ? 'live' : 'stale', reason, accepted, refused: refusedOf(sight) };
}

function refusedOf({ refused, disbelieved }: StretchSight): SyncStretchReport['refused'] {
  return added([refused, disbelieved]);
}

/** The sums by reason, without those that are nothing. */
export function added(all: readonly Refusals[]): Refusals {
  const sums = new Map<SyncRefusal, number>();
  for (const [reason, count] of all.flatMap((each) => Object.entries(each) as [SyncRefusal, number][]))
    sums.set(reason, (sums.get(reason) ?? 0) + count);
  return Object.fromEntries([...sums].filter(([, count]) => count > 0));
}
