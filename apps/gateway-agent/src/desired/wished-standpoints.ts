import type { Wish } from './wish.js';

/**
 * Remembers from where networks are looked at: the tunnels to other clouds, and the switches of the database that want the network.
 * Others mean other places for all MACs.
 */
export class WishedStandpoints {
  private readonly standpoints = new Map<string, string>();

  /** What the network wants from now on; answers whether that is something else. */
  set(network: string, wish: Wish | undefined): boolean {
    const wanted = wish?.kind === 'wish' ? standpointOf(wish) : '';
    const isOther = (this.standpoints.get(network) ?? '') !== wanted;
    if (wanted === '') this.standpoints.delete(network);
    else this.standpoints.set(network, wanted);
    return isOther;
  }
}

/** Empty for most networks: one switch, no other cloud. */
function standpointOf({ row, rows }: Extract<Wish, { readonly kind: 'wish' }>): string {
  const tunnels = row.remotes === undefined ? [] : [row.vni, row.remotes, row.capabilities];
  const switches = rows.size > 1 ? [...rows.keys()] : [];
  return tunnels.length + switches.length === 0 ? '' : JSON.stringify([tunnels, switches]);
}
