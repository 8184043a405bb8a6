import { list, record, text } from './json-schema.js';
import { reader } from './reader.js';

/** Statuses that hang on this switch may be others now: those of these networks, or without `networks` all of them. */
export interface StatusHint {
  /** Client id of the switch. */
  readonly switch: string;
  readonly networks?: readonly string[];
}

/** Published by the API for its own replicas after commit. Losing one costs whoever waits one slow look. */
export const statusHint = {
  type: 'l2gw.status.hint.v1',
  subject: 'l2gw.v1.wake.status',
  schema: record({ switch: text('Its client id.'), networks: list(text(), 'Absent: all.') }, ['networks']),
  decode(json: unknown): StatusHint {
    const read = reader(statusHint.type, json);
    return { switch: read.string('switch'), ...(read.has('networks') ? { networks: read.strings('networks') } : {}) };
  },
} as const;
