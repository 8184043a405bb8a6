import { type Reader, reader } from '@l2gw/contracts';

/** How clouds greet each other: who we are, and what of the other one we remember. */
export interface Greeting {
  readonly cloud: string;
  /** The highest epoch of the other cloud that was seen. */
  readonly seenEpoch: number;
  /** What the other one says is passed on: it is to vouch for each MAC. */
  readonly transit: boolean;
}

/** The answer: all that the cloud shares with whoever greets it; what is not named is not shared. */
export interface Welcome {
  readonly cloud: string;
  readonly stretches: readonly SharedStretch[];
  /** All of third clouds that it passes on. */
  readonly relayed: readonly RelayedStretch[];
}

export interface SharedStretch {
  readonly segId: number;
  /** Where the cloud's end of it is. */
  readonly vtep: readonly string[];
  /** MACs that are told. */
  readonly rows: number;
}

/** What a third cloud has said of a stretch, as it is passed on. */
export interface RelayedStretch {
  readonly segId: number;
  /** The third cloud. */
  readonly origin: string;
  /** From that one to the one who passes it on; empty: nothing has come yet. */
  readonly path: readonly string[];
  /** It is heard now. */
  readonly live: boolean;
  /** MACs that are told. */
  readonly rows: number;
}

/** Whoever cannot tell everything yet says so, lest silence about a stretch be taken for its end. */
export type WelcomeOrBusy = Welcome | 'busy';

const TYPE = 'l2gw.cloud.hello.v1';

export const hello = {
  type: TYPE,
  encodeGreeting: (greeting: Greeting): string => JSON.stringify({ ...greeting, caps: [] }),
  encodeWelcome: (welcome: WelcomeOrBusy): string =>
    JSON.stringify(welcome === 'busy' ? { state: 'busy' } : { ...welcome, caps: [] }),

  /** Throws `ContractError` or `SyntaxError`, as the other one does. */
  decodeGreeting(body: string): Greeting {
    const read = reader(TYPE, JSON.parse(body));
    return {
      cloud: read.string('cloud'),
      seenEpoch: read.integer('seenEpoch'),
      transit: read.has('transit') && read.boolean('transit'),
    };
  },

  decodeWelcome(body: string): WelcomeOrBusy {
    const read = reader(TYPE, JSON.parse(body));
    if (read.has('state')) return 'busy';
    return {
      cloud: read.string('cloud'),
      stretches: read.objects('stretches', (each) => ({
        segId: each.integer('segId'),
        vtep: each.strings('vtep'),
        rows: each.integer('rows'),
      })),
      relayed: read.has('relayed') ? read.objects('relayed', relayedStretch) : [],
    };
  },
} as const;

function relayedStretch(each: Reader): RelayedStretch {
  return {
    segId: each.integer('segId'),
    origin: each.string('origin'),
    path: each.strings('path'),
    live: each.boolean('live'),
    rows: each.integer('rows'),
  };
}
