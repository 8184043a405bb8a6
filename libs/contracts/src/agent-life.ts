import type { ClientId } from './client-id.js';

/** An empty message that an agent publishes every 10 s while it holds its switch's lock. */
export const agentLife = {
  type: 'l2gw.agent.life.v1',
  everyMs: 10_000,
  subject: (client: ClientId): string => `l2gw.v1.life.${client}`,
  heard: 'l2gw.v1.life.*',
  client: (subject: string): string => subject.slice('l2gw.v1.life.'.length),
} as const;
