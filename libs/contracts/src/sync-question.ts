import { type JsonSchema, record, text } from './json-schema.js';
import { reader } from './reader.js';
import { syncClient } from './sync-session.js';

/** What the API asks the active instance of remote-sync on behalf of an operator. */
export const SYNC_QUESTIONS = ['refresh', 'rib-in'] as const;

export type SyncQuestion = (typeof SYNC_QUESTIONS)[number];

/** `failure`: why there is no answer, for an operator. */
export type SyncReply = { readonly answer: object } | { readonly failure: string };

/** A request that only the active instance serves. Its body names the peer, and is what else the question needs. */
export const syncQuestion = {
  type: 'l2gw.sync.question.v1',
  subject: (question: SyncQuestion): string => `l2gw.v1.ask.${syncClient}.${question}`,
  served: `l2gw.v1.ask.${syncClient}.*`,
  /** Undefined: a question of a later version. */
  questionIn(subject: string): SyncQuestion | undefined {
    const last = subject.slice(subject.lastIndexOf('.') + 1);
    return SYNC_QUESTIONS.find((each) => each === last);
  },
  request: record({ peer: text('Its id.') }),
  reply: (answer: JsonSchema): JsonSchema => ({
    type: 'object',
    properties: { answer, failure: text('Why there is no answer.') },
  }),
  /** The id of the peer that a question is about. */
  peerIn(json: unknown): string {
    return reader(syncQuestion.type, json).string('peer');
  },
  encodeReply: (reply: SyncReply): string => JSON.stringify(reply),
  /** Throws `ContractError`, or `SyntaxError` for what is no JSON. */
  decodeReply(body: string): SyncReply {
    const json: unknown = JSON.parse(body);
    const read = reader(syncQuestion.type, json);
    if (read.has('failure')) return { failure: read.string('failure') };
    return read.object<SyncReply>('answer', () => ({ answer: (json as { readonly answer: object }).answer }));
  },
} as const;
