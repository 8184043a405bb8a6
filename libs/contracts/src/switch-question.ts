import type { ClientId } from './client-id.js';
import { type JsonSchema, text } from './json-schema.js';
import { reader } from './reader.js';

/** What the API asks the active agent of a switch on behalf of an operator. */
export const SWITCH_QUESTIONS = ['transactions', 'diff', 'resync', 'statistics'] as const;

export type SwitchQuestion = (typeof SWITCH_QUESTIONS)[number];

/** `failure`: why the agent has no answer, for an operator. */
export type SwitchReply = { readonly answer: unknown } | { readonly failure: string };

/**
 * A request without a body. Only the agent that holds its switch's lock serves it; the client id in the subject lets the bus's server
 * see that an agent is asked about its own switch alone.
 */
export const switchQuestion = {
  type: 'l2gw.switch.question.v1',
  subject: (client: ClientId, question: SwitchQuestion): string => `l2gw.v1.ask.${client}.${question}`,
  served: (client: ClientId): string => `l2gw.v1.ask.${client}.*`,
  /** Undefined: a question of a later version. */
  questionIn(subject: string): SwitchQuestion | undefined {
    const last = subject.slice(subject.lastIndexOf('.') + 1);
    return SWITCH_QUESTIONS.find((each) => each === last);
  },
  reply: (answer: JsonSchema): JsonSchema => ({
    type: 'object',
    properties: { answer, failure: text('Why there is no answer.') },
  }),
  encodeReply: (reply: SwitchReply): string => JSON.stringify(reply),
  /** Throws `ContractError`, or `SyntaxError` for what is no JSON. */
  decodeReply(body: string): SwitchReply {
    const json: unknown = JSON.parse(body);
    const read = reader(switchQuestion.type, json);
    if (read.has('failure')) return { failure: read.string('failure') };
    return read.object<SwitchReply>('answer', () => ({ answer: (json as { readonly answer: unknown }).answer }));
  },
} as const;
