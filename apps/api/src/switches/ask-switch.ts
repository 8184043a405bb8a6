import { Bus, BusError } from '@l2gw/bus';
import { ContractError, type SwitchQuestion, switchQuestion } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Facts } from '../database/facts.js';
import { NeutronError } from '../http/neutron-error.js';
import { findSwitch } from './switch-store.js';

/** An agent answers within 20 s, or has nothing to say. */
const TIMEOUT_MS = 25_000;

@Injectable()
export class AskSwitch {
  constructor(
    private readonly facts: Facts,
    private readonly bus: Bus,
  ) {}

  /** Asks the active agent of the switch. Throws 404 for an unknown switch, 503 and 504 if there is no answer that can be understood. */
  async run<Answer>(name: string, question: SwitchQuestion, decode: (json: unknown) => Answer): Promise<Answer> {
    const { client_id } = await findSwitch(this.facts.db, name);
    try {
      const { body } = await this.bus.request(switchQuestion.subject(client_id, question), '', {
        timeoutMs: TIMEOUT_MS,
      });
      const reply = switchQuestion.decodeReply(body);
      if ('answer' in reply) return decode(reply.answer);
      throw failed(name, reply.failure);
    } catch (error) {
      throw understood(name, error);
    }
  }
}

function understood(name: string, error: unknown): unknown {
  if (error instanceof BusError) return error.code === 'TIMED_OUT' ? timedOut(name) : unavailable(name, error);
  if (error instanceof ContractError || error instanceof SyntaxError)
    return failed(name, 'its answer is not understood, update it');
  return error;
}

const failed = (name: string, reason: string): NeutronError =>
  new NeutronError(503, 'L2SwitchAgentFailed', `The agent of L2 Switch ${name} cannot tell: ${reason}.`);

const timedOut = (name: string): NeutronError =>
  new NeutronError(
    504,
    'L2SwitchAgentTimeout',
    `The agent of L2 Switch ${name} did not answer within ${TIMEOUT_MS / 1000} s: it or the switch is busy, try again.`,
  );

function unavailable(name: string, { code }: BusError): NeutronError {
  const reason =
    code === 'NO_RESPONDER'
      ? 'no agent holds the lock of its database: start it, or see the status_reason of the switch'
      : `the bus says ${code}`;
  return new NeutronError(503, 'L2SwitchAgentUnavailable', `L2 Switch ${name} cannot be asked: ${reason}.`);
}
