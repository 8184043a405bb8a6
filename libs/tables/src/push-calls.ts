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

  /** `ops`: each as JSON, as they were when they were measured. */
  apply({ epoch, from, to }: Omit<PushDelta, 'ops'>, ops: readonly string[]): Promise<Granted<PushMark>> {
    const head = `"verb":"apply","epoch":${epoch},"from":${from},"to":${to}`;
    return this.send(`{${head},"ops":[${ops.join(',')}]}`, decodePushMark);
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

  private ask<Answer extends object>(
    push: PushRequest,
    decode: (body: string) => Answer | PushRefused,
  ): Promise<Answer> {
    return this.send(JSON.stringify(push), decode);
  }

  private async send<Answer extends object>(
    body: string,
    decode: (body: string) => Answer | PushRefused,
  ): Promise<Answer> {
    const answer = decode(await patientRequest(this.bus, this.subject, body, this.timeoutMs));
    if (isRefused(answer)) throw new PushRefusedError(answer, this.subject);
    return answer;
  }
}

function isRefused<Answer extends object>(answer: Answer | PushRefused): answer is PushRefused {
  return 'refused' in answer;
}
