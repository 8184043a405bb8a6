import { Bus, BusError } from '@l2gw/bus';
import { ContractError, type SyncQuestion, syncQuestion } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { NeutronError } from '../http/neutron-error.js';

/** remote-sync answers within 20 s, or has nothing to say. */
const TIMEOUT_MS = 25_000;

@Injectable()
export class AskSync {
  constructor(private readonly bus: Bus) {}

  /** Asks the active remote-sync about a peer. Throws 503 and 504 if there is no answer that can be understood. */
  async run<Answer>(
    question: SyncQuestion,
    request: { readonly peer: string },
    decode: (json: unknown) => Answer,
  ): Promise<Answer> {
    try {
      const body = JSON.stringify(request);
      const answer = await this.bus.request(syncQuestion.subject(question), body, { timeoutMs: TIMEOUT_MS });
      const reply = syncQuestion.decodeReply(answer.body);
      if ('answer' in reply) return decode(reply.answer);
      throw failed(request.peer, reply.failure);
    } catch (error) {
      throw understood(request.peer, error);
    }
  }
}

function understood(peer: string, error: unknown): unknown {
  if (error instanceof BusError) return error.code === 'TIMED_OUT' ? timedOut(peer) : unavailable(peer, error);
  if (error instanceof ContractError || error instanceof SyntaxError)
    return failed(peer, 'its answer is not understood, update it');
  return error;
}

const failed = (peer: string, reason: string): NeutronError =>
  new NeutronError(503, 'L2SyncFailed', `remote-sync cannot tell of L2 Sync Peer ${peer}: ${reason}.`);

const timedOut = (peer: string): NeutronError =>
  new NeutronError(
    504,
    'L2SyncTimeout',
    `remote-sync did not answer about L2 Sync Peer ${peer} within ${TIMEOUT_MS / 1000} s: it is busy, try again.`,
  );

function unavailable(peer: string, { code }: BusError): NeutronError {
  const reason = code === 'NO_RESPONDER' ? 'no remote-sync is active: start it' : `the bus says ${code}`;
  return new NeutronError(503, 'L2SyncUnavailable', `L2 Sync Peer ${peer} cannot be asked about: ${reason}.`);
}
