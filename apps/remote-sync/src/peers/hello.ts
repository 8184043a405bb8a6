import { type Reader, reader } from '@l2gw/contracts';
import { Digest, rowHash } from '@l2gw/tables';

/** How clouds greet each other: who we are, and what of the other one we remember. */
export interface Greeting {
  readonly cloud: string;
  /** The highest epoch of the other cloud that was seen. */
  readonly seenEpoch: number;
  /** What the other one says is passed on: it is to vouch for each MAC. */
  readonly transit: boolean;
  /** The digest of the list that it has said last; absent: it has said none. */
  readonly listed?: string;
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

/** Of the way in which rows are hashed: all that is sent, whatever the reader knows of it. */
const DIGEST_VERSION = 1;

/** All that a cloud has said of what it shares and passes on. */
export type Listed = Pick<Welcome, 'stretches' | 'relayed'>;

/** Of what decides whether a stretch is used; how many rows one of its own has changes all the time. */
export function listDigest({ stretches, relayed }: Listed): string {
  const digest = new Digest();
  for (const { segId, vtep } of stretches) digest.toggle(rowHash(String(segId), { vtep }));
  for (const { segId, origin, ...rest } of relayed) digest.toggle(rowHash(`${origin}/${segId}`, rest));
  return digest.hex();
}

export const hello = {
  type: TYPE,
  encodeGreeting: (greeting: Greeting): string => JSON.stringify({ ...greeting, caps: [], dv: DIGEST_VERSION }),
  /** Whoever has all of it already is told so, and not all of it again. */
  encodeWelcome(welcome: WelcomeOrBusy, { listed }: Pick<Greeting, 'listed'> = {}): string {
    if (welcome === 'busy') return JSON.stringify({ state: 'busy' });
    const digest = listDigest(welcome);
    const { cloud, stretches, relayed } = welcome;
    const list = listed === digest ? { same: digest } : { stretches, relayed };
    return JSON.stringify({ cloud, ...list, caps: [], dv: DIGEST_VERSION });
  },

  /** Throws `ContractError` or `SyntaxError`, as the other one does. */
  decodeGreeting(body: string): Greeting {
    const read = reader(TYPE, JSON.parse(body));
    return {
      cloud: read.string('cloud'),
      seenEpoch: read.integer('seenEpoch'),
      transit: read.has('transit') && read.boolean('transit'),
      ...(read.has('listed') ? { listed: read.string('listed') } : {}),
    };
  },

  /** `last`: what the peer has said before. */
  decodeWelcome(body: string, last?: Welcome): WelcomeOrBusy {
    const read = reader(TYPE, JSON.parse(body));
    if (read.has('state')) return 'busy';
    if (read.has('same')) return last === undefined ? 'busy' : { ...last, cloud: read.string('cloud') };
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
