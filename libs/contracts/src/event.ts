import { integer, list, oneOf, record, text } from './json-schema.js';
import { reader } from './reader.js';

/** What events speak of. `learned`: what a switch has heard on its ports; `mac`: where a MAC is, as the API has decided; `sync-conflict`: a MAC or an IP on which clouds do not agree; `feed`: the events themselves. */
export const EVENT_NOUNS = [
  'network',
  'subnet',
  'port',
  'gateway',
  'connection',
  'remote-gateway',
  'remote-connection',
  'remote-mac',
  'sync-peer',
  'sync-conflict',
  'switch',
  'learned',
  'mac',
  'feed',
] as const;
export type EventNoun = (typeof EVENT_NOUNS)[number];

/**
 * `status`: the thing is as it was, but its status is another. `placed`, `vanished`: of a MAC. `drifted`: somebody else has changed what is ours on a switch. `resync`: events may have been lost;
 * who must not miss anything lists again.
 */
const EVENT_CHANGES = [
  'created',
  'updated',
  'deleted',
  'status',
  'appeared',
  'moved',
  'vanished',
  'placed',
  'drifted',
  'resync',
] as const;
export type EventChange = (typeof EVENT_CHANGES)[number];

/**
 * Something has changed. A hint: it may be lost or doubled, so it says how the thing is now and not what to do. Attributes have the
 * names that they have over REST.
 */
export interface L2Event {
  readonly noun: EventNoun;
  readonly change: EventChange;
  /** RFC 3339, UTC, with milliseconds. */
  readonly at: string;
  /** The resource, or the MAC; absent if the event stands for several. */
  readonly id?: string;
  /** For how many of them it stands, when there were too many at once to name each. */
  readonly count?: number;
  readonly network_id?: string;
  readonly status?: string;
  readonly status_reason?: string;
  /** `revision_number` of the resource; of a MAC, the revision of its row. */
  readonly revision?: number;
  /** Name of the switch that has learned the MAC. */
  readonly switch?: string;
  /** Name of the switch that had learned it before. */
  readonly from?: string;
  /** Port of the switch. */
  readonly port?: string;
  /** VTEP IP at the far end of a tunnel of the switch. */
  readonly tunnel?: string;
  /** Faults of the switch, of its port or of its tunnel, verbatim; empty when they are gone. */
  readonly faults?: readonly string[];
  /** VTEP IP behind which the MAC is now. */
  readonly vtep?: string;
}

const TEXTS = ['id', 'network_id', 'status', 'status_reason', 'switch', 'from', 'port', 'tunnel', 'vtep'] as const;
const NUMBERS = ['count', 'revision'] as const;

const schema = record(
  {
    noun: oneOf(EVENT_NOUNS),
    change: oneOf(EVENT_CHANGES),
    at: text('RFC 3339, UTC.'),
    id: text('The resource, or the MAC; absent if the event stands for several.'),
    count: integer('For how many it stands.'),
    network_id: text(),
    status: text(),
    status_reason: text(),
    revision: integer('`revision_number` of the resource; of a MAC, the revision of its row.'),
    switch: text('Name of the switch that has learned the MAC.'),
    from: text('Name of the switch that had learned it before.'),
    port: text('Of the switch.'),
    tunnel: text('VTEP IP at the far end of a tunnel of the switch.'),
    faults: list(text(), 'Of the switch, its port or its tunnel, verbatim; empty when they are gone.'),
    vtep: text('VTEP IP behind which the MAC is now.'),
  },
  [...TEXTS, ...NUMBERS, 'faults'],
);

/** Published by the API after commit, one message an event. */
export const l2Event = {
  type: 'l2gw.event.v1',
  subject: (noun: EventNoun): string => `l2gw.v1.event.${noun}`,
  heard: 'l2gw.v1.event.*',
  schema,
  decode(json: unknown): L2Event {
    const read = reader(l2Event.type, json);
    return {
      noun: read.oneOf('noun', EVENT_NOUNS),
      change: read.oneOf('change', EVENT_CHANGES),
      at: read.string('at'),
      ...Object.fromEntries(TEXTS.filter((name) => read.has(name)).map((name) => [name, read.string(name)])),
      ...Object.fromEntries(NUMBERS.filter((name) => read.has(name)).map((name) => [name, read.integer(name)])),
      ...(read.has('faults') ? { faults: read.strings('faults') } : {}),
    };
  },
} as const;
