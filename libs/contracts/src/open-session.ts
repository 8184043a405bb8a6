import type { ClientId } from './client-id.js';
import { integer, record, text } from './json-schema.js';
import { reader } from './reader.js';

/**
 * An agent that has won its switch's OVSDB lock asks the API for an epoch under which it may push.
 * Epochs grow; the API refuses pushes under a lower one, so a paused predecessor cannot overwrite its successor.
 */
export interface OpenSession {
  readonly switchName: string;
}

export interface SessionOpened {
  readonly epoch: number;
}

export const openSession = {
  type: 'l2gw.session.open.v1',
  subject: (client: ClientId): string => `l2gw.v1.req.${client}.open`,
  served: 'l2gw.v1.req.*.open',
  request: record({ switchName: text('`Physical_Switch.name`.') }),
  reply: record({ epoch: integer('Under which the agent may push.') }),
  decode(json: unknown): OpenSession {
    return { switchName: reader(openSession.type, json).string('switchName') };
  },
  decodeReply(json: unknown): SessionOpened {
    return { epoch: reader(openSession.type, json).integer('epoch') };
  },
} as const;
