/** Lets the replica of a connection follow one session after another. */

import type { Link } from './link.js';
import type { MonitorUpdate } from './monitor.js';
import { NO_TRANSACTION } from './monitor.js';
import { ReplicaStore } from './replica.js';
import { rowCodecs } from './row-codec.js';

/** Where a replica stands, so that a server with a history can continue there. */
export interface ResumePoint {
  /** Of schema and selection: rows are only comparable if these are the same. */
  readonly shape: string;
  readonly lastTransaction: string;
}

export class ReplicaKeeper {
  readonly store = new ReplicaStore();
  private point: ResumePoint | undefined;

  get resumePoint(): ResumePoint | undefined {
    return this.point;
  }

  /** Brings the replica to what the link's monitor answered, and from then on to what it reports. Throws as the store. */
  follow(link: Link): void {
    const { reply, schema, trimmed, shape, monitor } = link;
    const apply = (update: MonitorUpdate) =>
      this.note(shape, update, () => this.store.apply(update.notation, update.updates));
    const load = () => this.store.load(rowCodecs(schema, trimmed.selection), reply.notation, reply.updates);
    if (reply.resumed) apply(reply);
    else this.note(shape, reply, load);
    monitor.follow(apply);
    this.store.live = true;
  }

  /** The content stays, as what was last known. */
  pause(): void {
    this.store.live = false;
  }

  /** A replica that could not take a message in has no point to resume from: the next session brings a full dump. */
  private note(shape: string, update: MonitorUpdate, act: () => void): void {
    this.point = undefined;
    act();
    const { lastTransaction } = update;
    if (lastTransaction !== NO_TRANSACTION) this.point = { shape, lastTransaction };
  }
}
