import type { Bus, Subscription } from '@l2gw/bus';
import type { Checks } from './checks.js';
import { decodeTableMessage } from './decode.js';
import { EMPTY_DIGEST } from './digest.js';
import {
  onAgreement,
  onBeat,
  onDelta,
  onDifference,
  type Reaction,
  type RepairKind,
  type Standing,
  type Verdict,
} from './receive.js';
import type { Heard, RepairOutcome } from './repair.js';
import type { Repairs } from './repairs.js';
import type { CheckAnswer, CheckDifference, CheckEntry } from './source.js';
import { MOST_VAIN, type TableCopy } from './table-copy.js';
import { NotConverging } from './not-converging.js';
import { TableUnavailable } from './table-unavailable.js';
import type { BeatMessage, DeltaMessage, TableMessage } from './wire.js';

/** How long a table rests of which repairs are in vain. */
const REST_MS = 60_000;

/** One followed table: hears its messages, reacts by the receiver's rules, remembers what it could not use yet. */
export class Following implements Heard {
  /** The highest revision heard of that no question asked so far is sure to have covered. */
  ahead = -1;
  /** The last digest heard of for a revision that we have not reached. */
  private claim: BeatMessage | undefined;
  private subscription: Subscription | undefined;

  constructor(
    readonly copy: TableCopy<unknown>,
    private readonly checks: Checks,
    private readonly repairs: Repairs,
    private readonly onProblem: (problem: unknown) => void,
  ) {}

  listen(bus: Bus, subject: string): void {
    this.subscription = bus.subscribe(subject, ({ body }) => this.receive(body));
  }

  stop(): void {
    this.subscription?.stop();
    this.checks.settled(this.copy.name);
  }

  forget(): void {
    this.ahead = -1;
  }

  checked(reported: CheckEntry, answer: CheckAnswer, found: CheckDifference | undefined): void {
    const have = this.standing();
    const verdict = found
      ? onDifference(have, reported, answer.epoch, found)
      : onAgreement(have, reported, answer.epoch);
    if (verdict !== 'doubt') this.checks.settled(this.copy.name);
    this.follow(verdict, answer, found);
  }

  repaired(outcome: RepairOutcome): void {
    const { copy, claim } = this;
    if (outcome !== 'repaired') return this.unavailable(outcome);
    this.checks.settled(copy.name);
    this.claim = undefined;
    if (this.ahead > copy.revision) this.repairs.want(copy.name, 'since');
    else if (claim && copy.epoch !== claim.epoch) this.checks.table(copy.name);
    else if (copy.held.sparse) this.repairs.want(copy.name, 'snapshot');
    else if (claim?.revision === copy.revision && !copy.partial) this.compare(claim);
    else if (!copy.confirmed) this.checks.table(copy.name);
  }

  /** After a repair that has left the digests different, another one; after two in vain, one a minute: both ends do not hash alike. */
  private compare(claim: BeatMessage): void {
    const { copy } = this;
    const isEqual = claim.digest === copy.digest();
    copy.vain = isEqual ? 0 : copy.vain + 1;
    if (isEqual) return copy.adopt(claim.epoch, claim.revision, copy.asOf);
    if (copy.vain === MOST_VAIN) this.onProblem(new NotConverging(copy.name));
    if (copy.vain >= MOST_VAIN) return this.repairs.rest(copy.name, REST_MS);
    this.claim = claim;
    this.repairs.want(copy.name, 'digest');
  }

  private receive(body: string): void {
    try {
      const message = decodeTableMessage(body);
      const react = message.kind === 'delta' ? onDelta(this.standing(), message) : onBeat(this.standing(), message);
      this.react(react, message);
    } catch (error) {
      this.onProblem(error);
    }
  }

  private react(reaction: Reaction, message: TableMessage): void {
    switch (reaction) {
      case 'ignore':
        return;
      case 'apply':
        return message.kind === 'delta' ? this.apply(message) : undefined;
      case 'confirm':
        this.copy.vain = 0;
        return this.copy.adopt(message.epoch, this.copy.revision, this.copy.asOf);
      case 'vouch':
        return this.vouch(this.copy.asOf);
      case 'ask':
        return this.checks.table(this.copy.name);
      default:
        return this.behind(reaction === 'hold' ? 'since' : reaction, message);
    }
  }

  private apply({ to, ops }: DeltaMessage): void {
    this.ahead = Math.max(this.ahead, to);
    this.copy.advance(to, ops);
    this.lookAgain();
  }

  private vouch(asOf: number): void {
    this.copy.vouch(asOf);
    this.lookAgain();
  }

  /** There is room again for what was left out. */
  private lookAgain(): void {
    const { name, held } = this.copy;
    if (held.sparse && !this.repairs.isRunning(name)) this.repairs.want(name, 'snapshot');
  }

  private behind(kind: RepairKind, message: TableMessage): void {
    this.ahead = Math.max(this.ahead, message.kind === 'delta' ? message.to : message.revision);
    if (message.kind === 'beat') this.claim = message;
    if (!this.repairs.isRunning(this.copy.name)) this.repairs.want(this.copy.name, kind);
  }

  private follow(verdict: Verdict, answer: CheckAnswer, found: CheckDifference | undefined): void {
    const { copy } = this;
    const revision = found && 'revision' in found ? found.revision : copy.revision;
    switch (verdict) {
      case 'ignore':
        return;
      case 'ask':
        return this.checks.table(copy.name);
      case 'adopt':
        return copy.adopt(answer.epoch, revision, answer.revision);
      case 'vouch':
        return this.vouch(answer.revision);
      case 'clear':
        return copy.become({ epoch: answer.epoch, revision, rows: new Map(), partial: false });
      case 'doubt':
        return this.unavailable(found?.state === 'refused' ? 'refused' : 'unknown');
      default:
        return this.behind(verdict, { kind: 'beat', epoch: answer.epoch, revision, digest: claimed(found) });
    }
  }

  private unavailable(reason: 'unknown' | 'refused'): void {
    this.copy.doubt();
    const isNews = this.checks.doubted(this.copy.name);
    if (isNews) this.onProblem(new TableUnavailable(this.copy.name, reason));
  }

  private standing(): Standing {
    const { complete, epoch, revision, frozen, partial } = this.copy;
    return { complete, epoch, revision, frozen, partial, digest: () => this.copy.digest() };
  }
}

function claimed(found: CheckDifference | undefined): string {
  return found?.state === 'present' ? found.digest : EMPTY_DIGEST;
}
