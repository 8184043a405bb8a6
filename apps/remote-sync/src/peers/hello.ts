import { reader } from '@l2gw/contracts';
import { Digest, rowHash } from '@l2gw/tables';

/** How clouds greet each other: who we are, and what of the other one we remember. */
export interface Greeting {
  readonly cloud: string;
  /** The highest epoch of the other cloud that was seen. */
  readonly seenEpoch: number;
  /** The digest of the list that it has said last; absent: it has said none. */
  readonly listed?: string;
}

/** The answer: all that the cloud shares with whoever greets it; what is not named is not shared. */
export interface Welcome {
  readonly cloud: string;
  readonly stretches: readonly SharedStretch[];
}

export interface SharedStretch {
  readonly segId: number;
  /** Where the cloud's end of it is. */
  readonly vtep: readonly string[];
  /** MACs that are told. */
  readonly rows: number;
}

/** Whoever cannot tell everything yet says so, lest silence about a stretch be taken for its end. */
export type WelcomeOrBusy = Welcome | 'busy';

const TYPE = 'l2gw.cloud.hello.v1';

/** Of the way in which rows are hashed: all that is sent, whatever the reader knows of it. */
const DIGEST_VERSION = 1;

/** Of what decides whether a stretch is used; how many rows it has changes all the time. */
export function listDigest(stretches: readonly SharedStretch[]): string {
  const digest = new Digest();
  for (const { segId, vtep } of stretches) digest.toggle(rowHash(String(segId), { vtep }));
  return digest.hex();
}

export const hello = {
  type: TYPE,
  encodeGreeting: (greeting: Greeting): string => JSON.stringify({ ...greeting, caps: [], dv: DIGEST_VERSION }),
  /** Whoever has all of it already is told so, and not all of it again. */
  encodeWelcome(welcome: WelcomeOrBusy, { listed }: Pick<Greeting, 'listed'> = {}): string {
    if (welcome === 'busy') return JSON.stringify({ state: 'busy' });
    const digest = listDigest(welcome.stretches);
    const { cloud, stretches } = welcome;
    const list = listed === digest ? { same: digest } : { stretches };
    return JSON.stringify({ cloud, ...list, caps: [], dv: DIGEST_VERSION });
  },

  /** Throws `ContractError` or `SyntaxError`, as the other one does. */
  decodeGreeting(body: string): Greeting {
    const read = reader(TYPE, JSON.parse(body));
    return {
      cloud: read.string('cloud'),
      seenEpoch: read.integer('seenEpoch'),
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
    };
  },
} as const;
