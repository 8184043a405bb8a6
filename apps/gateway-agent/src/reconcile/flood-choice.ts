import { Injectable } from '@nestjs/common';
import { DesiredState } from '../desired/desired-state.js';
import { Switch } from '../switch/switch.js';
import { NetworkLoop } from './network-loop.js';
import { TUNNEL_PATIENCE } from './pace.js';
import { Patience } from './patience.js';
import { downIn } from './sight.js';

/** Has flood sets that were chosen among many chosen again when a tunnel goes down or up: at once, and then not again for a while. */
@Injectable()
export class FloodChoice {
  private down = '';
  private readonly patience = new Patience<'tunnels'>(TUNNEL_PATIENCE, () => this.networks.mark(this.chosen()));

  constructor(
    private readonly target: Switch,
    private readonly desired: DesiredState,
    private readonly networks: NetworkLoop,
  ) {}

  start(): void {
    this.target.onState(() => (this.down = this.downNow()));
    this.target.onChange(({ tunnels }) => tunnels && this.look());
  }

  stop(): void {
    this.patience.clear();
  }

  private look(): void {
    const before = this.down;
    this.down = this.downNow();
    if (this.down !== before) this.patience.changed(['tunnels']);
  }

  private downNow(): string {
    return [...downIn(this.target.contents.tunnels())].sort().join();
  }

  private *chosen(): Generator<string> {
    for (const [network, wish] of this.desired.wishes())
      if (wish.kind === 'wish' && wish.row.maxFloodLocators !== undefined) yield network;
  }
}
