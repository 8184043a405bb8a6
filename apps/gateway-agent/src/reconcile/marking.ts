import { Injectable } from '@nestjs/common';
import { DesiredState, type DesiredChange } from '../desired/desired-state.js';
import type { Stranger, SwitchChange } from '../switch/switch-change.js';
import { Switch } from '../switch/switch.js';
import { MacLoop } from './mac-loop.js';
import { NetworkLoop } from './network-loop.js';

/** Turns whatever has changed, on either side, into marks: which networks and MACs have to be looked at again. */
@Injectable()
export class Marking {
  private tunnelIps = '';
  private settings = '';

  constructor(
    private readonly target: Switch,
    private readonly desired: DesiredState,
    private readonly networks: NetworkLoop,
    private readonly macs: MacLoop,
  ) {}

  start(): void {
    this.desired.onChange((change) => this.desiredChanged(change));
    this.target.onChange((change) => this.switchChanged(change));
    this.networks.onReady((network) => this.macs.compare(network));
  }

  /** Nothing is known any more of how the two sides compare. */
  everything(): void {
    this.tunnelIps = this.tunnelIpsNow();
    this.macs.compareAgain();
    this.networks.markAll();
  }

  /** Whatever was marked belongs to a session that has ended. */
  nothing(): void {
    this.networks.clear();
    this.macs.clear();
  }

  private desiredChanged(change: DesiredChange): void {
    if (change.kind === 'switch') {
      for (const network of change.otherPlaces) this.macs.compareAgain(network);
      this.switchSettings();
      // what was only added may be put right and taken away from now on, MACs too
      if (change.nowCertain) this.macs.compareAgain();
      if (change.nowCertain) this.networks.markAll();
      else this.networks.mark(change.networks);
      return;
    }
    const { network, macs, flood, remotes, nowCertain } = change;
    if (nowCertain || remotes) this.macs.compareAgain(network);
    else this.macs.desiredChanged(network, macs);
    if (flood || remotes || nowCertain) this.networks.mark([network]);
  }

  /** More room, or another policy, concerns MACs that were left as they are. */
  private switchSettings(): void {
    const settings = `${this.desired.maxMacs} ${this.desired.driftPolicy}`;
    if (settings === this.settings) return;
    this.settings = settings;
    this.macs.tryAgain();
    this.macs.compareAgain();
  }

  private switchChanged(change: SwitchChange): void {
    this.networks.changedOnSwitch(change.networks);
    for (const { port, vlan } of change.places) this.networks.changedOnSwitch(this.desired.places.on(port, vlan));
    for (const port of change.portNames) this.networks.mark(this.desired.places.onPort(port));
    if (change.strangers.length > 0) this.networks.mark(this.disturbedBy(change.strangers));
    if (change.remoteMacs.length > 0) this.macs.rowsChanged(change.remoteMacs);
    if (change.self) this.selfChanged();
    if (change.self) this.macs.tryAgain();
    if (change.locatorKeys) this.everything();
  }

  private selfChanged(): void {
    if (this.tunnelIpsNow() === this.tunnelIps) this.networks.markAll();
    else this.everything();
  }

  private tunnelIpsNow(): string {
    const switches = this.target.contents.switches();
    return switches.map(({ name, tunnelIps }) => [name, ...[...tunnelIps].sort()].join()).join(' ');
  }

  private *disturbedBy(strangers: readonly Stranger[]): Generator<string> {
    for (const [network, wish] of this.desired.wishes()) {
      const vni = wish.kind === 'wish' ? wish.row.vni : undefined;
      if (strangers.some((each) => each.name === network || each.vni === vni)) yield network;
    }
  }
}
