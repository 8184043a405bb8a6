import type { Bus } from '@l2gw/bus';
import { decodeCheckAnswer, decodeDigestsAnswer, decodeRowsAnswer, decodeSinceAnswer } from './decode.js';
import { patientRequest } from './patient-request.js';
import type { CheckAnswer, CheckEntry, DigestsAnswer, RowsAnswer, SinceAnswer } from './source.js';
import type { RequestVerb, TableSubjects } from './subjects.js';
import type { Busy } from './wire.js';

/** Whoever should answer has enough to do: not a fault, but a reason to come back later. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  constructor(readonly retryAfterMs: number) {
    super(`busy for another ${retryAfterMs} ms`);
  }
}

type Available<Answer> = Exclude<Answer, Busy>;

/** A reader's five questions. Each rejects with a `BusError`, a `MalformedMessage` or a `BusyError`. */
export class Asker {
  constructor(
    private readonly bus: Bus,
    private readonly subjects: TableSubjects,
    private readonly client: string,
    private readonly timeoutMs: number,
  ) {}

  check(tables: readonly CheckEntry[]): Promise<Available<CheckAnswer>> {
    return this.ask('check', { tables }, decodeCheckAnswer);
  }

  since(table: string, revision: number): Promise<Available<SinceAnswer>> {
    return this.ask('since', { table, revision }, decodeSinceAnswer);
  }

  digests(table: string): Promise<Available<DigestsAnswer>> {
    return this.ask('digest', { table }, decodeDigestsAnswer);
  }

  bucket(table: string, bucket: number): Promise<Available<RowsAnswer>> {
    return this.ask('bucket', { table, bucket }, decodeRowsAnswer);
  }

  snapshot(table: string, cursor: string | undefined): Promise<Available<RowsAnswer>> {
    return this.ask('snapshot', cursor === undefined ? { table } : { table, cursor }, decodeRowsAnswer);
  }

  private async ask<Answer extends object>(
    verb: RequestVerb,
    question: object,
    decode: (body: string) => Answer | Busy,
  ): Promise<Answer> {
    const subject = this.subjects.request(this.client, verb);
    const answer = decode(await patientRequest(this.bus, subject, JSON.stringify(question), this.timeoutMs));
    if (isBusy(answer)) throw new BusyError(answer.retryAfterMs);
    return answer;
  }
}

function isBusy<Answer extends object>(answer: Answer | Busy): answer is Busy {
  return 'state' in answer && answer.state === 'busy';
}
