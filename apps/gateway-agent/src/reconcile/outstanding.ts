import type { Lag } from '@l2gw/contracts';
import { byNetwork, type MacKey, networkOfKey } from './mac-key.js';

/** MACs of one network. Those of its first filling are thousands and have all been waiting since the same moment. */
interface Waiting {
  filling: Lacking;
  fillingSince: number;
  readonly others: Map<MacKey, number>;
}

/** MACs that have to be written and have not been, and since when. Times are those of one clock, in milliseconds. */
export class Outstanding {
  private readonly networks = new Map<string, Waiting>();

  /** These are what the network lacks: when they have ended, it is filled. */
  fill(network: string, keys: readonly MacKey[], now: number): void {
    const waiting = this.of(network);
    if (waiting.filling.size === 0) waiting.fillingSince = now;
    waiting.filling = new Lacking(keys);
    for (const key of waiting.others.keys()) if (waiting.filling.has(key)) waiting.others.delete(key);
    this.tidy(network, waiting);
  }

  /** A MAC that is waiting already has been waiting since then. */
  begin(keys: Iterable<MacKey>, now: number): void {
    for (const [network, marked] of byNetwork(keys)) {
      const { filling, others } = this.of(network);
      for (const key of marked) if (!filling.has(key) && !others.has(key)) others.set(key, now);
    }
  }

  has(key: MacKey): boolean {
    const waiting = this.networks.get(networkOfKey(key));
    return waiting !== undefined && (waiting.filling.has(key) || waiting.others.has(key));
  }

  /** Answers whether the network is filled with that. */
  end(network: string, keys: Iterable<MacKey>): boolean {
    const waiting = this.networks.get(network);
    if (waiting === undefined) return false;
    const { filling, others } = waiting;
    const wasFilling = filling.size > 0;
    for (const key of keys) if (!filling.delete(key)) others.delete(key);
    this.tidy(network, waiting);
    return wasFilling && filling.size === 0;
  }

  get size(): number {
    return [...this.networks.values()].reduce((sum, waiting) => sum + sizeOf(waiting), 0);
  }

  /** For how long the one has been waiting that waits longest; 0: none waits. */
  age(now: number): number {
    return [...this.networks.values()].reduce((most, waiting) => Math.max(most, now - oldest(waiting)), 0);
  }

  /** Since how many milliseconds a MAC has been waiting; 0 if it is not. */
  waited(key: MacKey, now: number): number {
    const waiting = this.networks.get(networkOfKey(key));
    if (waiting === undefined) return 0;
    return now - (waiting.filling.has(key) ? waiting.fillingSince : (waiting.others.get(key) ?? now));
  }

  clear(): void {
    this.networks.clear();
  }

  /** The networks of which a MAC has been waiting for so long, those first that have been waiting longest; so many at the most. */
  lags(now: number, olderThanMs: number, most: number): readonly Lag[] {
    return [...this.networks]
      .map(([network, waiting]) => ({
        network,
        waiting: sizeOf(waiting),
        sinceMs: Math.floor(now - oldest(waiting)),
      }))
      .filter(({ sinceMs }) => sinceMs >= olderThanMs)
      .sort((a, b) => b.sinceMs - a.sinceMs)
      .slice(0, most);
  }

  private of(network: string): Waiting {
    const known = this.networks.get(network) ?? { filling: new Lacking([]), fillingSince: 0, others: new Map() };
    this.networks.set(network, known);
    return known;
  }

  private tidy(network: string, waiting: Waiting): void {
    if (sizeOf(waiting) === 0) this.networks.delete(network);
  }
}

/** Thousands of MACs, told apart only when the first of them has ended: the switch has work by then. */
class Lacking {
  private rest: Set<MacKey> | undefined;

  constructor(private readonly keys: readonly MacKey[]) {}

  get size(): number {
    return this.rest?.size ?? this.keys.length;
  }

  has(key: MacKey): boolean {
    return this.apart.has(key);
  }

  delete(key: MacKey): boolean {
    return this.apart.delete(key);
  }

  private get apart(): Set<MacKey> {
    return (this.rest ??= new Set(this.keys));
  }
}

function sizeOf({ filling, others }: Waiting): number {
  return filling.size + others.size;
}

/** A map keeps the order in which its keys came, and time only grows. */
function oldest({ filling, fillingSince, others }: Waiting): number {
  const [first = Infinity] = others.values();
  return filling.size > 0 ? Math.min(first, fillingSince) : first;
}
