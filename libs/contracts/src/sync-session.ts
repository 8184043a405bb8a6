import type { ClientId } from './client-id.js';
import { integer, record, text } from './json-schema.js';
import { reader } from './reader.js';

/** The id by which remote-sync is known on its own cloud's bus; there is one that is active. */
export const syncClient = 'sync' as ClientId;

/** An instance of remote-sync asks to be the active one, or, with the epoch that it was given, to remain it. */
export interface OpenSync {
  /** Another one for each start of a program. */
  readonly instance: string;
  readonly epoch?: number;
  /** The highest epoch of this cloud that others remember: a database that was restored goes on above it. */
  readonly seenEpoch?: number;
}

/** The instance is the active one for `leaseMs` more, and pushes under this epoch; or another one is. */
export type SyncOpened = SyncGranted | SyncHeld;

export interface SyncGranted {
  readonly epoch: number;
}

export interface SyncHeld {
  /** The instance that is active. */
  readonly heldBy: string;
  readonly retryInMs: number;
}

/** Epochs grow for ever: pushes under a lower one are refused, so a paused predecessor cannot overwrite its successor. */
export const syncSession = {
  type: 'l2gw.session.sync.v1',
  subject: `l2gw.v1.req.${syncClient}.open`,
  /** By the clock of the API's database. */
  leaseMs: 3000,
  renewMs: 1000,
  request: record(
    {
      instance: text('Another one for each start of a program.'),
      epoch: integer('That it was given, to renew.'),
      seenEpoch: integer('The highest one of this cloud that others remember.'),
    },
    ['epoch', 'seenEpoch'],
  ),
  reply: {
    anyOf: [
      record({ epoch: integer('Under which it may push.') }),
      record({ heldBy: text('The instance that is active.'), retryInMs: integer() }),
    ],
  },
  decode(json: unknown): OpenSync {
    const read = reader(syncSession.type, json);
    return {
      instance: read.string('instance'),
      ...(read.has('epoch') ? { epoch: read.integer('epoch') } : {}),
      ...(read.has('seenEpoch') ? { seenEpoch: read.integer('seenEpoch') } : {}),
    };
  },
  decodeReply(json: unknown): SyncOpened {
    const read = reader(syncSession.type, json);
    if (read.has('heldBy')) return { heldBy: read.string('heldBy'), retryInMs: read.integer('retryInMs') };
    return { epoch: read.integer('epoch') };
  },
} as const;
