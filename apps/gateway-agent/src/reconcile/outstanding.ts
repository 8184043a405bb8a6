import type { Lag } from '@l2gw/contracts';
import { byNetwork, type MacKey, networkOfKey } from './mac-key.js';

/** MACs that have to be written and have not been, and since when. Times are those of one clock, in milliseconds. */
export class Outstanding {
  private readonly networks = new Map<string, Map<MacKey, number>>();

  /** A MAC that is waiting already has been waiting since then. */
  begin(keys: Iterable<MacKey>, now: number): void {
    for (const [network, marked] of byNetwork(keys)) {
      const macs = this.networks.get(network) ?? new Map<MacKey, number>();
      this.networks.set(network, macs);
      for (const key of marked) if (!macs.has(key)) macs.set(key, now);
    }
  }

  has(key: MacKey): boolean {
    return this.networks.get(networkOfKey(key))?.has(key) === true;
  }

  end(keys: Iterable<MacKey>): void {
    for (const [network, ended] of byNetwork(keys)) {
      const macs = this.networks.get(network);
      for (const key of ended) macs?.delete(key);
      if (macs?.size === 0) this.networks.delete(network);
    }
  }

  get size(): number {
    return [...this.networks.values()].reduce((sum, macs) => sum + macs.size, 0);
  }

  /** For how long the one has been waiting that waits longest; 0: none waits. */
  age(now: number): number {
    return [...this.networks.values()].reduce((most, macs) => Math.max(most, now - oldest(macs)), 0);
  }

  /** Since how many milliseconds a MAC has been waiting; 0 if it is not. */
  waited(key: MacKey, now: number): number {
    return now - (this.networks.get(networkOfKey(key))?.get(key) ?? now);
  }

  clear(): void {
    this.networks.clear();
  }

  /** The networks of which a MAC has been waiting for so long, those first that have been waiting longest; so many at the most. */
  lags(now: number, olderThanMs: number, most: number): readonly Lag[] {
    return [...this.networks]
      .map(([network, macs]) => ({ network, waiting: macs.size, sinceMs: Math.floor(now - oldest(macs)) }))
      .filter(({ sinceMs }) => sinceMs >= olderThanMs)
      .sort((a, b) => b.sinceMs - a.sinceMs)
      .slice(0, most);
  }
}

/** A map keeps the order in which its keys came, and time only grows. */
function oldest(macs: ReadonlyMap<MacKey, number>): number {
  const [first = Infinity] = macs.values();
  return first;
}
