import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import type { BfdWish } from '@l2gw/contracts';
import { Reconciler } from '@l2gw/reconcile';
import { DesiredState } from '../desired/desired-state.js';
import { Switch } from '../switch/switch.js';
import { BACK_OFF } from './pace.js';
import { planTunnels } from './plan-tunnels.js';

/** Has the tunnels that the switch makes watched as it is wanted; tunnels themselves are the switch's own. */
@Injectable()
export class TunnelLoop {
  private readonly loop: Reconciler<'tunnels'>;

  constructor(
    private readonly target: Switch,
    private readonly desired: DesiredState,
    private readonly log: Log,
  ) {
    this.loop = new Reconciler({
      reconcile: () => this.reconcile(),
      batch: 1,
      window: 1,
      backOff: BACK_OFF,
      onFailure: ({ error, retryInMs }) => log.warn('tunnels-not-written', { error, retryInMs }),
    });
    this.loop.start();
  }

  start(): void {
    this.target.onState(({ kind }) => (kind === 'active' ? this.loop.mark('tunnels') : this.loop.clear()));
    this.target.onChange(({ tunnels }) => tunnels && this.loop.mark('tunnels'));
    this.desired.onChange(({ kind }) => kind === 'switch' && this.loop.mark('tunnels'));
  }

  get idle(): boolean {
    return this.loop.idle;
  }

  settled(): Promise<void> {
    return this.loop.settled();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async reconcile(): Promise<void> {
    if (this.target.state.kind !== 'active' || !this.desired.isConfirmed) return;
    const changes = planTunnels(this.wish(), this.target.contents.tunnels());
    if (changes.length === 0) return;
    await this.target.writeTunnels(changes);
    this.log.info('tunnels-written', { tunnels: changes.length });
  }

  /** It is the switch's, and every row of its table says it. */
  private wish(): BfdWish | undefined {
    for (const [, wish] of this.desired.wishes()) if (wish.kind === 'wish' && wish.row.bfd) return wish.row.bfd;
    return undefined;
  }
}
