import type { Bus } from '@l2gw/bus';
import type { Log } from '@l2gw/runtime';
import type { SyncReporter } from '../report/sync-reporter.js';
import type { OwnKey } from '../signing/own-key.js';
import type { OwnTables } from '../tables/own-tables.js';
import type { Pushes } from '../tables/pushes.js';
import type { WayBook } from '../ways/way-book.js';

/** What everything that concerns peers works with. A class, so that it is also the token under which it is injected. */
export abstract class Surroundings {
  abstract readonly key: OwnKey;
  abstract readonly secretsDir: string | undefined;
  abstract readonly bus: Bus;
  abstract readonly tables: OwnTables;
  abstract readonly pushes: Pushes;
  abstract readonly reporter: SyncReporter;
  abstract readonly log: Log;
}

/** The same, while this instance is the active one. */
export interface Session extends Surroundings {
  readonly epoch: number;
  /** Our cloud id. */
  readonly cloud: string;
  /** By whom each stretch is heard. */
  readonly ways: WayBook;
  /** A peer remembers this epoch of ours. */
  readonly isBehind: (seenEpoch: number) => void;
}

/** A group for each session: a predecessor that hangs gets the peer's questions, too, and must not keep them from us. */
export function queueOf({ epoch }: Pick<Session, 'epoch'>): string {
  return `sync-${epoch}`;
}
