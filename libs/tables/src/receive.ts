import type { CheckDifference, CheckEntry, Epoch } from './source.js';
import type { BeatMessage, DeltaMessage } from './wire.js';

/** What a reader does with what it hears: the receiver's rules as pure functions. */

/** How far a copy has come. */
export interface Standing {
  readonly complete: boolean;
  readonly epoch: Epoch;
  readonly revision: number;
  readonly digest: () => string;
  /** A repair has compared the rows and relies on their staying as they are. */
  readonly frozen: boolean;
  /** Rows were left out, so that the digest is not the writer's. */
  readonly partial: boolean;
}

/** `since`: ask for the ops in between. `digest`: compare buckets. `snapshot`: take everything. In this order of cost. */
export type RepairKind = 'since' | 'digest' | 'snapshot';

/** `hold`: it would fit, but not now. `vouch`: as far as we have it. `ask`: have the writer check this table. */
export type Reaction = 'apply' | 'hold' | 'confirm' | 'vouch' | 'ignore' | 'ask' | RepairKind;

export function onDelta(have: Standing, delta: DeltaMessage): Reaction {
  if (!have.complete) return 'snapshot';
  if (delta.epoch !== have.epoch) return 'ask';
  if (delta.to <= have.revision) return 'ignore';
  if (delta.from > have.revision) return 'since';
  return have.frozen ? 'hold' : 'apply';
}

/** A beat behind what we have is never ignored: the writer may have lost what it told us. */
export function onBeat(have: Standing, beat: BeatMessage): Reaction {
  if (!have.complete) return 'snapshot';
  if (beat.epoch !== have.epoch || beat.revision < have.revision) return 'ask';
  if (beat.revision > have.revision) return 'since';
  if (beat.digest === have.digest()) return 'confirm';
  return have.partial ? 'vouch' : 'digest';
}

/** `clear`: the table is gone. `adopt`: the rows are equal, take over epoch and revision. `vouch`: those that we have are. `doubt`: no word about it. */
export type Verdict = 'clear' | 'adopt' | 'vouch' | 'doubt' | 'ignore' | 'ask' | RepairKind;

/** `reported` is what the copy was when the check was sent; it may have gone on since. */
export function onDifference(have: Standing, reported: CheckEntry, epoch: Epoch, found: CheckDifference): Verdict {
  if (found.state === 'unknown' || found.state === 'refused') return 'doubt';
  const overtaken = have.epoch === epoch && reported.revision <= found.revision && found.revision < have.revision;
  if (overtaken) return 'ignore';
  if (found.state === 'removed') return 'clear';
  if (!have.complete) return 'snapshot';
  if (found.digest === have.digest()) return 'adopt';
  if (have.epoch !== epoch || found.revision < have.revision) return 'digest';
  if (found.revision > have.revision) return 'since';
  return have.partial ? 'vouch' : 'digest';
}

/** A table that was not named in the answer is what we reported. */
export function onAgreement(have: Standing, reported: CheckEntry, epoch: Epoch): Verdict {
  if (!have.complete) return 'snapshot';
  const unchanged = have.revision === reported.revision && have.digest() === reported.digest;
  if (unchanged) return 'adopt';
  return have.epoch === epoch ? 'ignore' : 'ask';
}
