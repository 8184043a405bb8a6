import { Bus } from '@l2gw/bus';
import { Injectable } from '@nestjs/common';
import { agentLife, switchClientId } from '@l2gw/contracts';
import { AgentConfig } from '../config.js';

/** Tells every 10 s, and at once, that the active agent of the switch lives. */
@Injectable()
export class LifeSign {
  private readonly subject: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    config: AgentConfig,
    private readonly bus: Bus,
  ) {
    this.subject = agentLife.subject(switchClientId(config.switchName));
  }

  /** `also`: what else is to be done at this pace. */
  start(also: () => void): void {
    this.stop();
    this.give();
    this.timer = setInterval(() => {
      this.give();
      also();
    }, agentLife.everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private give(): void {
    this.bus.publish(this.subject, '');
  }
}
