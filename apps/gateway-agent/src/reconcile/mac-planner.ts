import { Injectable } from '@nestjs/common';
import type { DesiredNetwork } from '../desired/desired-network.js';
import { DesiredState } from '../desired/desired-state.js';
import type { MacChange, OwnedMacChange } from '../switch/network-change.js';
import type { RowId } from '../switch/switch-contents.js';
import { Switch } from '../switch/switch.js';
import { type MacKey, macKey, macOfKey, type MacsByNetwork } from './mac-key.js';
import { planMac } from './plan-mac.js';
import type { Standpoint } from './resolve-next-hop.js';
import { type Fitting, selectFitting } from './select-fitting.js';
import { Sight } from './sight.js';

export interface NetworkMac {
  readonly network: string;
  readonly mac: string;
}

/** Both sides of a network whose MACs can be compared, found once for as many of them as are asked for. */
interface View {
  readonly logicalSwitch: RowId;
  readonly desired: DesiredNetwork;
  /** False: only what adds is planned. */
  readonly isCertain: boolean;
  readonly from: Standpoint;
}

/** Reads both sides of a MAC, or of all MACs of a network, and has the difference planned. */
@Injectable()
export class MacPlanner {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
    private readonly sight: Sight,
  ) {}

  logicalSwitch(network: string): RowId | undefined {
    return this.target.contents.logicalSwitchOf(network);
  }

  /** Costs the same for each, however many others there are. */
  changesOf(macsByNetwork: MacsByNetwork): readonly OwnedMacChange[] {
    const owned: OwnedMacChange[] = [];
    for (const [network, macs] of macsByNetwork) {
      const view = this.view(network);
      if (view === undefined) continue;
      const { logicalSwitch } = view;
      for (const key of macs)
        for (const change of this.planOf(view, macOfKey(key))) owned.push({ logicalSwitch, change });
    }
    return owned;
  }

  /** Those of the changes for which there is room on the switch; `underWay`: rows that are being added. */
  fitting(changes: readonly OwnedMacChange[], underWay: number): Fitting {
    const room = this.sight.room();
    return selectFitting(changes, { ...room, taken: room.taken + underWay });
  }

  /** Those of the MACs that are not among these keys. */
  others(macs: readonly NetworkMac[], keys: readonly MacKey[]): readonly MacKey[] {
    const known = new Set(keys);
    return macs.map(({ network, mac }) => macKey(network, mac)).filter((key) => !known.has(key));
  }

  /** Whether what others change is put right at once. */
  get repairsDrift(): boolean {
    return this.desired.driftPolicy === 'repair';
  }

  keyOf({ logicalSwitch, change }: OwnedMacChange): MacKey {
    const mac = change.kind === 'remove' ? change.mac : change.entry.mac;
    return macKey(this.target.contents.networkOf(logicalSwitch) ?? '', mac);
  }

  /** Those of the MACs that are not as they should be. */
  differingOf(macs: readonly NetworkMac[]): readonly MacKey[] {
    const viewOf = this.views();
    const differing: MacKey[] = [];
    for (const { network, mac } of macs) {
      const view = viewOf(network);
      if (view !== undefined && this.differs(view, mac)) differing.push(macKey(network, mac));
    }
    return differing;
  }

  /**
   * The MACs of a network that are not as they should be. Only for a network whose table is complete. Of a logical switch that lacks
   * most of them all are taken: comparing them here would only keep the switch waiting, and each is compared when it is written.
   */
  differing(network: string): readonly MacKey[] {
    const view = this.view(network);
    if (view === undefined) return [];
    const { desired } = view;
    const present = this.target.contents.remoteMacs(view.logicalSwitch);
    const isWorthIt = present.size >= desired.size / 2;
    const differing: MacKey[] = [];
    for (const mac of desired.names()) if (!isWorthIt || this.differs(view, mac)) differing.push(macKey(network, mac));
    for (const mac of present.keys()) if (!desired.has(mac)) differing.push(macKey(network, mac));
    return differing;
  }

  private differs(view: View, mac: string): boolean {
    return this.planOf(view, mac).length > 0;
  }

  private planOf({ desired, logicalSwitch, isCertain, from }: View, mac: string): readonly MacChange[] {
    const entry = this.sight.mac(desired.mac(mac), from);
    if (entry === 'leave') return [];
    const changes = planMac(entry, this.target.contents.remoteMac(logicalSwitch, mac));
    return isCertain ? changes : changes.filter(({ kind }) => kind === 'add');
  }

  /** Neighbours in a batch are nearly always of the same network. */
  private views(): (network: string) => View | undefined {
    const known = new Map<string, View | undefined>();
    let last: { readonly network: string; readonly view: View | undefined } | undefined;
    return (network) => {
      if (last?.network === network) return last.view;
      const view = known.has(network) ? known.get(network) : this.view(network);
      known.set(network, view);
      last = { network, view };
      return view;
    };
  }

  private view(network: string): View | undefined {
    const desired = this.desired.network(network);
    const logicalSwitch = this.logicalSwitch(network);
    if (desired?.complete !== true || logicalSwitch === undefined) return undefined;
    const isCertain = this.desired.isCertain(network);
    return { logicalSwitch, desired, isCertain, from: this.sight.standpoint(network) };
  }
}
