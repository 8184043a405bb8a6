import { Injectable } from '@nestjs/common';
import { AgentLog } from '../agent-log.js';
import { DesiredState } from '../desired/desired-state.js';
import { Listeners } from '../listeners.js';
import { Switch } from '../switch/switch.js';
import { Loops } from './loops.js';

/** Notices when the switch holds, for the first time since the agent became active, everything that it should. */
@Injectable()
export class Convergence {
  private readonly reached = new Listeners<undefined>();
  private waiting = new AbortController();

  constructor(
    private readonly target: Switch,
    private readonly desired: DesiredState,
    private readonly loops: Loops,
    private readonly log: AgentLog,
  ) {}

  onReached(listener: () => void): () => void {
    return this.reached.on(listener);
  }

  begin(): void {
    this.cancel();
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
      const isKnown = this.desired.settled && this.target.contents.self() !== undefined;
      if (!isKnown) await this.nextNews(signal);
      else if (this.loops.idle) return this.announce();
    }
  }

  private announce(): void {
    const networks = [...this.target.contents.networks()].length;
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
