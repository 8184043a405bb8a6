import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { DesiredState } from '../desired/desired-state.js';
import { giveMemoryBack } from '../give-memory-back.js';
import { Listeners } from '../listeners.js';
import { Switch } from '../switch/switch.js';
import { Loops } from './loops.js';

/** So many rows leave something behind when they are read. */
const MANY = 10_000;

/** Notices when the switch holds, for the first time since the agent became active, everything that it should. */
@Injectable()
export class Convergence {
  private readonly reached = new Listeners<undefined>();
  private isReached = false;
  private waiting = new AbortController();

  constructor(
    private readonly target: Switch,
    private readonly desired: DesiredState,
    private readonly loops: Loops,
    private readonly log: Log,
  ) {}

  /** Resolves when it has come so far, or with the signal. */
  async converged(signal: AbortSignal): Promise<void> {
    if (this.isReached || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const stop = this.reached.on(() => resolve());
      signal.addEventListener('abort', () => (stop(), resolve()), { once: true });
    });
  }

  begin(): void {
    this.cancel();
    this.isReached = false;
    this.waiting = new AbortController();
    void this.wait(this.waiting.signal);
  }

  cancel(): void {
    this.waiting.abort();
  }

  private async wait(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.loops.settled();
      if (signal.aborted) return;
      const isKnown = this.desired.settled && this.target.contents.switches().length > 0;
      if (!isKnown) await this.nextNews(signal);
      else if (this.loops.idle) return this.announce();
    }
  }

  private announce(): void {
    const networks = [...this.target.contents.networks()].length;
    this.isReached = true;
    if (this.target.contents.remoteMacCount >= MANY) giveMemoryBack();
    this.log.info('converged', { logicalSwitches: networks });
    this.reached.tell(undefined);
  }

  private nextNews(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        for (const stop of stops) stop();
        resolve();
      };
      const stops = [
        this.desired.onChange(done),
        this.target.onChange(done),
        () => signal.removeEventListener('abort', done),
      ];
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
