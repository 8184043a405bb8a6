import { type NetworkDifference, type SwitchDifference, switchDifference } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { setImmediate as turn } from 'node:timers/promises';
import { DesiredState } from '../desired/desired-state.js';
import { Switch } from '../switch/switch.js';
import { NetworkDifferences } from './network-differences.js';

/** Compares the whole switch with what is wanted. */
@Injectable()
export class Difference {
  constructor(
    private readonly desired: DesiredState,
    private readonly target: Switch,
    private readonly differences: NetworkDifferences,
  ) {}

  /** Each network as it is at its turn: others, and the loops, have theirs in between. */
  async find(switchName: string): Promise<SwitchDifference> {
    let count = 0;
    const networks: NetworkDifference[] = [];
    for (const network of this.networks(switchName)) {
      await turn();
      const difference = this.differences.of(network);
      if (difference === undefined) continue;
      count += 1;
      if (networks.length < switchDifference.mostNetworks) networks.push(difference);
    }
    return { count, networks };
  }

  /** Those that should be on this switch, and those of ours in its database that nobody wants. */
  networks(switchName: string): ReadonlySet<string> {
    const wished = [...this.desired.wishes()].flatMap(([network, { rows }]) => (rows.has(switchName) ? [network] : []));
    const unwanted = [...this.target.contents.networks()].filter((network) => this.desired.wish(network) === undefined);
    return new Set([...wished, ...unwanted].sort());
  }
}
