import { Injectable } from '@nestjs/common';
import { Switch, type SwitchState } from '../switch/switch.js';
import { Convergence } from './convergence.js';
import { Loops } from './loops.js';
import { Marking } from './marking.js';

/** Works while the agent is the active one: everything is compared when it becomes so, and then whatever changes. */
@Injectable()
export class Reconciliation {
  private isActive = false;

  constructor(
    private readonly target: Switch,
    private readonly marking: Marking,
    private readonly convergence: Convergence,
    private readonly loops: Loops,
  ) {}

  start(): void {
    this.marking.start();
    this.loops.start();
    this.target.onState((state) => this.become(state));
  }

  async stop(): Promise<void> {
    this.convergence.cancel();
    await this.loops.stop();
  }

  private become({ kind }: SwitchState): void {
    const isActive = kind === 'active';
    if (isActive === this.isActive) return;
    this.isActive = isActive;
    if (isActive) {
      this.marking.everything();
      this.convergence.begin();
    } else {
      this.convergence.cancel();
      this.marking.nothing();
    }
  }
}
