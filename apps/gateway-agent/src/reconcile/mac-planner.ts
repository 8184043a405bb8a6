import { Injectable } from '@nestjs/common';
import { DesiredState } from '../desired/desired-state.js';
import type { OwnedMacChange } from '../switch/network-change.js';
import { Switch } from '../switch/switch.js';
import { type MacKey, macKey, macOfKey, networkOfKey } from './mac-key.js';
import { macOfChange, planMac, planUcastMacs } from './plan-ucast-macs.js';
import type { Standpoint } from './resolve-next-hop.js';
import { Sight } from './sight.js';

export interface NetworkMac {
  readonly network: string;
  readonly mac: string;
}

/** Reads both sides of a MAC, or of all MACs of a network, and has the difference planned. */
@Injectable()
export class MacPlanner {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
    private readonly sight: Sight,
  ) {}

  logicalSwitch(network: string): string | undefined {
    return this.target.contents.logicalSwitchOf(network);
  }

  /** Costs the same for each, however many others there are. */
  changesOf(keys: readonly MacKey[]): readonly OwnedMacChange[] {
    const from = this.sight.standpoints();
    return keys.flatMap((key) => this.changesOfOne(networkOfKey(key), macOfKey(key), from));
  }

  /** Those of the MACs that are not as they should be. */
  differingOf(macs: readonly NetworkMac[]): readonly MacKey[] {
    const from = this.sight.standpoints();
    const differing = macs.filter(({ network, mac }) => this.changesOfOne(network, mac, from).length > 0);
    return differing.map(({ network, mac }) => macKey(network, mac));
  }

  /** The MACs of a network that are not as they should be. Only for a network whose table is complete. */
  differing(network: string): readonly MacKey[] {
    const desired = this.desired.network(network);
    const logicalSwitch = this.logicalSwitch(network);
    if (desired?.complete !== true || logicalSwitch === undefined) return [];
    const changes = planUcastMacs(this.sight.macs(network), this.target.contents.remoteMacs(logicalSwitch));
    const macs = new Set(changes.map(macOfChange));
    return this.differingOf([...macs].map((mac) => ({ network, mac })));
  }

  private changesOfOne(network: string, mac: string, from: (network: string) => Standpoint): readonly OwnedMacChange[] {
    const logicalSwitch = this.logicalSwitch(network);
    if (this.desired.network(network)?.complete !== true || logicalSwitch === undefined) return [];
    const entry = this.sight.mac(network, mac, from(network));
    if (entry === 'leave') return [];
    const changes = planMac(entry, this.target.contents.remoteMac(logicalSwitch, mac));
    const allowed = this.desired.isCertain(network) ? changes : changes.filter(({ kind }) => kind === 'add');
    return allowed.map((change) => ({ logicalSwitch, change }));
  }
}
