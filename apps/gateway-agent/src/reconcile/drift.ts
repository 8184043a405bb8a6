import { Listeners } from '../listeners.js';

/** What others have changed of a network's rows since the agent was started. */
export interface Drifted {
  readonly count: number;
  /** The latest, for an operator. */
  readonly what: string;
  /** When; RFC 3339, UTC. */
  readonly at: string;
}

/** Who edits by a script can change thousands of rows in a second: it is told now and then. */
const SOON_MS = 500;

/** Counts, network by network, what others change of what is ours on the switch. */
export class Drift {
  /** Over all networks, also those that are no more. */
  total = 0;
  private readonly networks = new Map<string, Drifted>();
  private readonly listeners = new Listeners<readonly [network: string, drifted: Drifted]>();
  private readonly toTell = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  onChange(listener: (news: readonly [network: string, drifted: Drifted]) => void): () => void {
    return this.listeners.on(listener);
  }

  found(network: string, what: string, count: number): void {
    this.total += count;
    const before = this.networks.get(network)?.count ?? 0;
    this.networks.set(network, { count: before + count, what, at: new Date().toISOString() });
    this.toTell.add(network);
    this.timer ??= setTimeout(() => this.tell(), SOON_MS).unref();
  }

  /** The network is no more. */
  forget(network: string): void {
    this.networks.delete(network);
  }

  private tell(): void {
    this.timer = undefined;
    for (const network of this.toTell) {
      const drifted = this.networks.get(network);
      if (drifted !== undefined) this.listeners.tell([network, drifted]);
    }
    this.toTell.clear();
  }
}
