import { Bus, type Subscription } from '@l2gw/bus';
import { Injectable } from '@nestjs/common';
import { type Lag, agentLife } from '@l2gw/contracts';
import { Progress } from '../reconcile/progress.js';
import { ReportedSwitch } from './reported-switch.js';

/** MACs that wait longer than this are worth telling. */
const LATE_MS = 3000;
/** How soon it is told that a network has fallen behind or caught up. */
const LOOK_MS = 1000;

/** Tells every 10 s, at once, when the bus is there (again), and when other networks lag than before, that the active agent of the switch lives. */
@Injectable()
export class LifeSign {
  private readonly subject: string;
  private timer: NodeJS.Timeout | undefined;
  private lookTimer: NodeJS.Timeout | undefined;
  private following: Subscription | undefined;
  private lagging = '';

  constructor(
    reported: ReportedSwitch,
    private readonly bus: Bus,
    private readonly progress: Progress,
  ) {
    this.subject = agentLife.subject(reported.client);
  }

  /** `also`: what else is to be done at this pace. */
  start(also: () => void): void {
    this.stop();
    this.give(this.lags());
    this.timer = setInterval(() => {
      this.give(this.lags());
      also();
    }, agentLife.everyMs).unref();
    this.lookTimer = setInterval(() => this.look(), LOOK_MS).unref();
    this.following = this.bus.onStatus((connected) => connected && this.give(this.lags()));
  }

  stop(): void {
    clearInterval(this.timer);
    clearInterval(this.lookTimer);
    this.following?.stop();
    this.timer = undefined;
    this.lookTimer = undefined;
  }

  private look(): void {
    const behind = this.lags();
    if (namesOf(behind) !== this.lagging) this.give(behind);
  }

  private give(behind: readonly Lag[]): void {
    this.lagging = namesOf(behind);
    this.bus.publish(this.subject, agentLife.encode({ behind }));
  }

  private lags(): readonly Lag[] {
    return this.progress.outstanding.lags(performance.now(), LATE_MS, agentLife.mostBehind);
  }
}

function namesOf(behind: readonly Lag[]): string {
  return behind
    .map(({ network }) => network)
    .sort()
    .join();
}
