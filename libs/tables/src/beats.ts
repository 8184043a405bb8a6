import type { CancelTimer, Clock } from './clock.js';
import type { BeatMessage } from './wire.js';

/** How long after a table's last delta its beats come. */
const DELAYS = [1000, 4000] as const;
const TICK = 250;

interface Waiting {
  readonly since: number;
  readonly beat: BeatMessage;
  readonly sent: number;
}

/** Which tables have to beat when: one timer for all of them, and a bound on how many wait. */
export class Beats {
  /** In the order of their last delta, because a table that changes again goes to the end. */
  private readonly waiting = new Map<string, Waiting>();
  private cancel: CancelTimer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly most: number,
    private readonly send: (table: string, beat: BeatMessage) => void,
  ) {}

  /** A new delta makes the beats of the older ones superfluous. */
  schedule(table: string, beat: BeatMessage): void {
    this.waiting.delete(table);
    this.waiting.set(table, { since: this.clock.now(), beat, sent: 0 });
    const oldest = this.waiting.keys().next();
    if (this.waiting.size > this.most && !oldest.done) this.waiting.delete(oldest.value);
    this.cancel ??= this.clock.setTimer(TICK, () => this.tick());
  }

  clear(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.waiting.clear();
  }

  private tick(): void {
    this.cancel = undefined;
    const now = this.clock.now();
    for (const [table, entry] of [...this.waiting]) {
      const due = DELAYS[entry.sent];
      if (due === undefined || now - entry.since < due) continue;
      this.send(table, entry.beat);
      if (entry.sent + 1 === DELAYS.length) this.waiting.delete(table);
      else this.waiting.set(table, { ...entry, sent: entry.sent + 1 });
    }
    if (this.waiting.size > 0) this.cancel ??= this.clock.setTimer(TICK, () => this.tick());
  }
}
