import { MAX_SEQUENCE } from '@l2gw/contracts';
import { type Candidate, isImported, selectBetweenClouds } from './select-best.js';
import { type Settling, UNKNOWN, goneSince, settlingAfter, succeededBy } from './settling.js';

/** What is remembered of the moves of a MAC between clouds, also while nobody claims it. */
export interface MacMoves extends Settling {
  /** The sequence of this cloud's latest claim; undefined: it never had one. */
  readonly own: number | undefined;
  /** The highest sequence that another cloud has said; undefined: none ever did. */
  readonly theirs: number | undefined;
  /** The latest claim of this cloud that was looked at. */
  readonly claim: bigint;
  /** Milliseconds: since when, to a day, nobody claims the MAC; it may be claimed again. Undefined: it was never seen to go. */
  readonly goneAt: number | undefined;
}

const NEVER: MacMoves = { ...UNKNOWN, own: undefined, theirs: undefined, claim: 0n, goneAt: undefined };

/**
 * What is to be remembered now (RFC 7432 §7.7). A claim of this cloud that appears takes the number after the highest that another cloud
 * has said, unless it had a higher one before: so it goes before a claim there, also one that was taken back meanwhile. A claim that was
 * there before keeps its number, however high the others go.
 *
 * Only who comes with a number above all before has moved. The others are right by a tie, or because somebody was heard earlier than who
 * came before him: a machine that moves three times in a moment may seem to be elsewhere five times. `now` in milliseconds.
 */
export function movesAfter(
  before: MacMoves = NEVER,
  candidates: readonly Candidate[],
  { mac, now }: { readonly mac: string; readonly now: number },
): MacMoves {
  const competitors = candidates.filter((each) => each.place !== undefined && each.kind !== 'static');
  const said = competitors.filter(isImported).map((each) => each.sequence ?? 0);
  const theirs = highest([...(before.theirs === undefined ? [] : [before.theirs]), ...said]);
  const claim = competitors.reduce(
    (most, each) => (isImported(each) || each.claim <= most ? most : each.claim),
    before.claim,
  );
  const own = claim > before.claim ? sequenceAfter(before.own, theirs) : before.own;
  const best = selectBetweenClouds(numbered(competitors, own));
  const isMove = best?.sequence !== undefined && best.sequence > Math.max(before.own ?? -1, before.theirs ?? -1);
  const settling = isMove ? settlingAfter(before, best.cloud, mac, now) : succeededBy(before, best?.cloud);
  const goneAt = competitors.length > 0 ? before.goneAt : goneSince(before.goneAt, now);
  return { ...settling, own, theirs, claim, goneAt };
}

/** The candidates as they compete: those of this cloud with the sequence that it has, and none but those of the cloud that keeps a frozen MAC. */
export function sequenced(candidates: readonly Candidate[], { own, isFrozen, stable }: MacMoves): readonly Candidate[] {
  return numbered(candidates, own).map((each) => {
    const isHeld = isFrozen && each.kind !== 'static' && each.cloud !== stable;
    return isHeld === each.isFrozen ? each : { ...each, isFrozen: isHeld };
  });
}

function numbered(candidates: readonly Candidate[], own: number | undefined): readonly Candidate[] {
  return candidates.map((each) => (isImported(each) ? each : { ...each, sequence: own ?? 0 }));
}

/** At the highest number there is, the MAC moves no more by numbers. */
function sequenceAfter(own: number | undefined, theirs: number | undefined): number {
  if (theirs === undefined) return own ?? 0;
  return own !== undefined && own > theirs ? own : Math.min(theirs + 1, MAX_SEQUENCE);
}

function highest(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}
