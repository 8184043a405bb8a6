import { Injectable } from '@nestjs/common';
import type { SwitchChange } from '../switch/switch-change.js';
import { CleanupReporter } from './cleanup-reporter.js';
import { Confirmations } from './confirmations.js';
import { LearnedReporter } from './learned-reporter.js';
import { SwitchReporter } from './switch-reporter.js';

/** Everything that is told of the switch. */
@Injectable()
export class Reporters {
  constructor(
    private readonly switches: SwitchReporter,
    private readonly learned: LearnedReporter,
    private readonly confirmations: Confirmations,
    private readonly cleanup: CleanupReporter,
  ) {}

  start(): void {
    this.confirmations.start();
    this.cleanup.start();
  }

  all(): void {
    this.switches.all();
    this.learned.all();
    this.cleanup.all();
  }

  /** The switch does not answer: what was told of it stays told, but for its state. */
  state(): void {
    this.switches.self();
  }

  changed(change: SwitchChange): void {
    this.switches.changed(change);
    this.learned.changed(change);
    if (change.networks.size > 0) this.cleanup.look();
  }
}
