import type { LogicalSwitchRow } from '@l2gw/contracts';

/** Remembers the tunnels that networks want, because other tunnels mean other places for all MACs behind them. */
export class WishedTunnels {
  private readonly tunnels = new Map<string, string>();

  /** What the network wants from now on; answers whether that is something else. */
  set(network: string, row: LogicalSwitchRow | undefined): boolean {
    const wanted = row?.remotes === undefined ? '' : JSON.stringify([row.vni, row.remotes, row.capabilities]);
    const isOther = (this.tunnels.get(network) ?? '') !== wanted;
    if (wanted === '') this.tunnels.delete(network);
    else this.tunnels.set(network, wanted);
    return isOther;
  }
}
