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

  /** Brings the replica to what the link's monitor answered, and from then on to what it reports. Rejects as the store. */
  async follow(link: Link): Promise<void> {
    const { shape, monitor } = link;
    await this.catchUp(link);
    monitor.follow((update) => this.advance(shape, update)); // holds nothing of the link: its dump is large
  }

  /** The session that is followed is one that can be worked with. */
  begin(): void {
    this.store.live = true;
  }

  /** The content stays, as what was last known. */
  pause(): void {
    this.store.live = false;
  }

  /** Something was not told: the next session brings a full dump. */
  distrust(): void {
    this.point = undefined;
  }

  private async catchUp({ reply, schema, trimmed, shape }: Link): Promise<void> {
    if (reply.resumed) return this.advance(shape, reply);
    this.point = undefined;
    await this.store.loadInTurns(rowCodecs(schema, trimmed.selection), reply.notation, reply.updates);
    this.point = pointOf(shape, reply);
  }

  /** A replica that could not take a message in has no point to resume from: the next session brings a full dump. */
  private advance(shape: string, update: MonitorUpdate): void {
    this.point = undefined;
    this.store.apply(update.notation, update.updates);
    this.point = pointOf(shape, update);
  }
}

function pointOf(shape: string, { lastTransaction }: MonitorUpdate): ResumePoint | undefined {
  return lastTransaction === NO_TRANSACTION ? undefined : { shape, lastTransaction };
}
