import type { Bus } from '@l2gw/bus';
import { Beats } from './beats.js';
import { chunksOf } from './chunks.js';
import { type CancelTimer, type Clock, systemClock, type Timing } from './clock.js';
import type { Epoch, Position, RowOp } from './source.js';
import { TableSubjects } from './subjects.js';
import type { BeatMessage, LifeSign } from './wire.js';

export interface TablePublisherOptions extends Timing {
  readonly bus: Pick<Bus, 'publish'>;
  readonly root?: string;
  /** The name under which this writer lives: the same for every instance of it. */
  readonly writer: string;
  /** Another one after each start, so that readers notice that somebody else writes now. */
  readonly instance: string;
  /** The last revision committed; without one no life sign is given. */
  readonly position: () => Position | undefined;
  /** How many tables may wait for their beats; beyond it the oldest go without. Default 20,000. */
  readonly mostBeats?: number;
}

/** A change of one row with its own revision: revisions of a delta's ops grow strictly. */
export interface RevisedOp extends RowOp {
  readonly revision: number;
  /** The row as JSON, from who has it at hand. */
  readonly text?: string;
}

export interface TableDelta {
  readonly table: string;
  /** The table's revision before; 0 for a new table. */
  readonly from: number;
  /** The table's revision after; by default that of the last op. */
  readonly to?: number;
  readonly ops: readonly RevisedOp[];
  /** The digest of the whole table after. */
  readonly digest: string;
}

/** Tells readers what a writer has committed. It stores nothing and waits for nobody: what gets lost, readers ask for. */
export class TablePublisher {
  private readonly subjects: TableSubjects;
  private readonly clock: Clock;
  private readonly beats: Beats;
  private cancelLife: CancelTimer | undefined;

  constructor(private readonly options: TablePublisherOptions) {
    this.subjects = new TableSubjects(options.root);
    this.clock = options.clock ?? systemClock;
    this.beats = new Beats(this.clock, options.mostBeats ?? 20_000, (table, beat) => this.send(table, beat));
  }

  /** Begins to give life signs. */
  start(): void {
    this.cancelLife?.();
    this.live();
  }

  stop(): void {
    this.cancelLife?.();
    this.cancelLife = undefined;
    this.beats.clear();
  }

  /** Publishes committed changes in messages of at most 500 ops and 256 KiB, and their beats 1 s and 4 s after. */
  publish(epoch: Epoch, deltas: readonly TableDelta[]): void {
    for (const delta of deltas) {
      const subject = this.subjects.table(delta.table);
      for (const body of chunksOf(epoch, delta)) this.options.bus.publish(subject, body);
      const revision = delta.to ?? delta.ops.at(-1)?.revision ?? delta.from;
      this.beats.schedule(delta.table, { kind: 'beat', epoch, revision, digest: delta.digest });
    }
  }

  private live(): void {
    this.cancelLife = this.clock.setTimer(1000, () => this.live());
    const position = this.options.position();
    if (position === undefined) return;
    const sign: LifeSign = { ...position, instance: this.options.instance, at: this.clock.now() };
    this.options.bus.publish(this.subjects.life(this.options.writer), JSON.stringify(sign));
  }

  private send(table: string, beat: BeatMessage): void {
    this.options.bus.publish(this.subjects.table(table), JSON.stringify(beat));
  }
}
