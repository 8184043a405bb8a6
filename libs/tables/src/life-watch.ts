import type { CancelTimer, Clock } from './clock.js';
import type { LifeSign } from './wire.js';

/** Silent for so long, and what we have of the writer is stale. */
export const SILENCE_MS = 5000;

/** Whether the writer lives, and whether its signs give reason to compare notes. */
export class LifeWatch {
  silent = false;
  private last: LifeSign | undefined;
  private cancelTimer: CancelTimer = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly onSilence: (silent: boolean) => void,
  ) {}

  start(): void {
    this.cancelTimer();
    this.cancelTimer = this.clock.setTimer(SILENCE_MS, () => this.setSilent(true));
  }

  stop(): void {
    this.cancelTimer();
  }

  /** True if somebody else writes now, or the writer is not where it was, or we may have missed something. */
  hear(sign: LifeSign): boolean {
    const { last, silent } = this;
    this.last = sign;
    this.start();
    this.setSilent(false);
    if (last === undefined) return true; // whoever filled our copies may have died before we ever heard it
    const moved = sign.instance !== last.instance || sign.epoch !== last.epoch || sign.revision < last.revision;
    return silent || moved;
  }

  private setSilent(silent: boolean): void {
    if (silent === this.silent) return;
    this.silent = silent;
    this.onSilence(silent);
  }
}
