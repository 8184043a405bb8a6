import { MAX_SEQUENCE } from '@l2gw/contracts';
import { type Candidate, isImported } from './select-best.js';

/** What is remembered of the moves of a MAC between clouds, also while nobody claims it. */
export interface MacMoves {
  /** The sequence of this cloud's latest claim; undefined: it never had one. */
  readonly own: number | undefined;
  /** The highest sequence that another cloud has said; undefined: none ever did. */
  readonly theirs: number | undefined;
  /** The latest claim of this cloud that was looked at. */
  readonly claim: bigint;
  /** Somebody claims the MAC now. */
  readonly claimed: boolean;
}

const NEVER: MacMoves = { own: undefined, theirs: undefined, claim: 0n, claimed: false };

/**
 * What is to be remembered now (RFC 7432 §7.7). A claim of this cloud that appears takes the number after the highest that another cloud
 * has said, unless it had a higher one before: so it goes before a claim there, also one that was taken back meanwhile. A claim that was
 * there before keeps its number, however high the others go.
 */
export function movesAfter(before: MacMoves | undefined, candidates: readonly Candidate[]): MacMoves {
  const { own, theirs: heard, claim } = before ?? NEVER;
  const competitors = candidates.filter((each) => each.place !== undefined && each.kind !== 'static');
  const said = competitors.filter(isImported).map((each) => each.sequence ?? 0);
  const theirs = highest([...(heard === undefined ? [] : [heard]), ...said]);
  const latest = competitors.reduce(
    (most, each) => (isImported(each) || each.claim <= most ? most : each.claim),
    claim,
  );
  const moved = latest > claim ? sequenceAfter(own, theirs) : own;
  return { own: moved, theirs, claim: latest, claimed: competitors.length > 0 };
}

/** The candidates as they compete: those of this cloud with the sequence that it has. */
export function sequenced(candidates: readonly Candidate[], { own }: MacMoves): readonly Candidate[] {
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
