import { Bus, type Subscription } from '@l2gw/bus';
import { agentLife } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Switch, type SwitchState } from '../switch/switch.js';
import { ReportedSwitch } from './reported-switch.js';

/**
 * Tells every 10 s, and as soon as the bus is there, that the switch's database lets itself only be read. It refuses the lock, so there is
 * no right to push a report; and there must be none, because another agent can be active at the writable server of the same switch.
 */
@Injectable()
export class RefusedLock {
  private readonly subject: string;
  private reason = '';
  private timer: NodeJS.Timeout | undefined;
  private following: Subscription | undefined;

  constructor(
    reported: ReportedSwitch,
    private readonly bus: Bus,
    private readonly target: Switch,
  ) {
    this.subject = agentLife.subject(reported.client);
  }

  start(): void {
    this.target.onState((state) => this.become(state));
  }

  stop(): void {
    clearInterval(this.timer);
    this.following?.stop();
    this.timer = undefined;
  }

  /** The same is heard again with every attempt; it is not told more often for that. */
  private become(state: SwitchState): void {
    if (state.kind !== 'down' || state.isReadOnly !== true) return this.stop();
    this.reason = state.reason;
    if (this.timer !== undefined) return;
    this.tell();
    this.timer = setInterval(() => this.tell(), agentLife.everyMs).unref();
    this.following = this.bus.onStatus((connected) => connected && this.tell());
  }

  private tell(): void {
    this.bus.publish(this.subject, agentLife.encode({ behind: [], readOnly: this.reason }));
  }
}
