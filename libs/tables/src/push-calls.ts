import type { Bus } from '@l2gw/bus';
import { patientRequest } from './patient-request.js';
import { decodePushComparison, decodePushMark, decodePushSettled } from './push-decode.js';
import type {
  Granted,
  PushCompare,
  PushComparison,
  PushDelta,
  PushMark,
  PushReplace,
  PushSettle,
  PushSettled,
} from './push-store.js';
import type { PushRefused, PushRequest } from './wire.js';

/** The receiver refused a push; `answer` says why. */
export class PushRefusedError extends Error {
  override readonly name = 'PushRefusedError';
  constructor(
    readonly answer: PushRefused,
    subject: string,
  ) {
    super(`refused (${answer.refused}): ${subject}`);
  }
}

/** The four requests of a pusher. Each rejects with a `BusError`, a `MalformedMessage` or a `PushRefusedError`. */
export class PushCalls {
  constructor(
    private readonly bus: Bus,
    private readonly subject: string,
    private readonly timeoutMs: number,
  ) {}

  apply(push: PushDelta): Promise<Granted<PushMark>> {
    return this.ask({ verb: 'apply', ...push }, decodePushMark);
  }

  compare(push: PushCompare): Promise<Granted<PushComparison>> {
    return this.ask({ verb: 'compare', ...push }, decodePushComparison);
  }

  replace(push: PushReplace): Promise<Granted<PushMark>> {
    return this.ask({ verb: 'replace', ...push }, decodePushMark);
  }

  settle(push: PushSettle): Promise<Granted<PushSettled>> {
    return this.ask({ verb: 'settle', ...push }, decodePushSettled);
  }

  private async ask<Answer extends object>(
    push: PushRequest,
    decode: (body: string) => Answer | PushRefused,
  ): Promise<Answer> {
    const answer = decode(await patientRequest(this.bus, this.subject, JSON.stringify(push), this.timeoutMs));
    if (isRefused(answer)) throw new PushRefusedError(answer, this.subject);
    return answer;
  }
}

function isRefused<Answer extends object>(answer: Answer | PushRefused): answer is PushRefused {
  return 'refused' in answer;
}
