import type { ClientId } from './client-id.js';
import { integer, list, record, text } from './json-schema.js';
import { reader } from './reader.js';

/** MACs of one network that should be on the switch, or off it, and are not yet. */
export interface Lag {
  readonly network: string;
  readonly waiting: number;
  /** For how long the one has been waiting that waits longest, in milliseconds, when the sign was given. */
  readonly sinceMs: number;
}

export interface AgentSign {
  /** The networks that lag most, only those that have been waiting for some seconds. */
  readonly behind: readonly Lag[];
  /** The switch's database lets itself only be read, in its words: this agent is not active, and does not count as one that is. */
  readonly readOnly?: string;
}

const LAG = record({
  network: text(),
  waiting: integer('MACs that should be on the switch, or off it, and are not yet.'),
  sinceMs: integer('For how long the one has been waiting that waits longest, when the sign was given.'),
});

/**
 * What an agent publishes every 10 s while it holds its switch's lock, and when it falls behind or has caught up. Without a body it says
 * only that it lives, as agents did at first.
 */
export const agentLife = {
  type: 'l2gw.agent.life.v1',
  everyMs: 10_000,
  /** Networks in one sign at the most. */
  mostBehind: 100,
  subject: (client: ClientId): string => `l2gw.v1.life.${client}`,
  heard: 'l2gw.v1.life.*',
  schema: record(
    {
      behind: list(LAG, 'The networks that lag most.'),
      readOnly: text("The switch's database refuses the lock, in its words: the agent is not active."),
    },
    ['behind', 'readOnly'],
  ),
  client: (subject: string): string => subject.slice('l2gw.v1.life.'.length),
  encode({ behind, readOnly }: AgentSign): string {
    if (readOnly !== undefined) return JSON.stringify({ readOnly });
    return behind.length === 0 ? '' : JSON.stringify({ behind });
  },
  /** Throws `ContractError`, or `SyntaxError` for what is no JSON. */
  decode(body: string): AgentSign {
    const read = reader(agentLife.type, body === '' ? {} : JSON.parse(body));
    if (read.has('readOnly')) return { behind: [], readOnly: read.string('readOnly') };
    if (!read.has('behind')) return { behind: [] };
    return {
      behind: read.objects('behind', (lag) => ({
        network: lag.string('network'),
        waiting: lag.integer('waiting'),
        sinceMs: lag.integer('sinceMs'),
      })),
    };
  },
} as const;
