import { integer, list, oneOf, record, text } from './json-schema.js';
import { type Reader, reader } from './reader.js';

/** How a switch differs from what it should hold. */
export interface SwitchDifference {
  /** Networks that differ, also those that are not named. */
  readonly count: number;
  readonly networks: readonly NetworkDifference[];
}

/**
 * `pending`: the changes will be written, or are being retried. `blocked`: the problems keep some or all of it from being written.
 * `unknown`: what is wanted of the network is not known yet, or cannot be understood.
 */
export type DifferenceState = (typeof STATES)[number];

export interface NetworkDifference {
  readonly network: string;
  readonly state: DifferenceState;
  readonly insert: number;
  readonly update: number;
  readonly remove: number;
  /** The first of them. */
  readonly changes: readonly DescribedChange[];
  /** The first of them; codes and texts as in a confirmation. */
  readonly problems: readonly { readonly code: string; readonly text: string }[];
}

export interface DescribedChange {
  readonly kind: 'insert' | 'update' | 'remove';
  readonly what: 'logical-switch' | 'binding' | 'flood-set' | 'mac';
  /** `Ethernet1/100` of a binding, else a network, a MAC, or `unknown-dst`. */
  readonly name: string;
}

const STATES = ['pending', 'blocked', 'unknown'] as const;
const KINDS = ['insert', 'update', 'remove'] as const;
const WHATS = ['logical-switch', 'binding', 'flood-set', 'mac'] as const;

const NETWORK = record({
  network: text(),
  state: oneOf(STATES),
  insert: integer(),
  update: integer(),
  remove: integer(),
  changes: list(record({ kind: oneOf(KINDS), what: oneOf(WHATS), name: text() }), 'The first of them.'),
  problems: list(record({ code: text(), text: text() })),
});

/** How an agent answers `diff`. */
export const switchDifference = {
  type: 'l2gw.switch.diff.v1',
  mostNetworks: 100,
  /** Of one network. */
  mostChanges: 20,
  /** Of one network: with thousands of bindings there can be as many. */
  mostProblems: 10,
  schema: record({ count: integer('Networks that differ, also those not named.'), networks: list(NETWORK) }),
  decode(json: unknown): SwitchDifference {
    const read = reader(switchDifference.type, json);
    return { count: read.integer('count'), networks: read.objects('networks', decodeNetwork) };
  },
} as const;

function decodeNetwork(read: Reader): NetworkDifference {
  return {
    network: read.string('network'),
    state: read.oneOf('state', STATES),
    insert: read.integer('insert'),
    update: read.integer('update'),
    remove: read.integer('remove'),
    changes: read.objects('changes', (each) => ({
      kind: each.oneOf('kind', KINDS),
      what: each.oneOf('what', WHATS),
      name: each.string('name'),
    })),
    problems: read.objects('problems', (each) => ({ code: each.string('code'), text: each.string('text') })),
  };
}
