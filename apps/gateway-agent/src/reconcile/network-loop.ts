import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { OvsdbError } from '@l2gw/ovsdb';
import { type Failure, Reconciler } from '@l2gw/reconcile';
import { Listeners } from '../listeners.js';
import { DesiredState } from '../desired/desired-state.js';
import { Switch } from '../switch/switch.js';
import { NetworkPass } from './network-pass.js';
import { BACK_OFF, NETWORK_PATIENCE, SLOW_RETRY_MS, STUBBORN_MS } from './pace.js';
import { Patience } from './patience.js';
import { Refused, refusal } from './refused.js';
import { SlowRetries } from './slow-retries.js';

/** Brings one network after another to what it should be on the switch: logical switch, bindings and flood set. */
@Injectable()
export class NetworkLoop {
  private readonly loop: Reconciler<string>;
  private readonly ready = new Listeners<string>();
  private readonly drift = new Patience<string>(NETWORK_PATIENCE, (networks) => this.suspect(networks));
  /** Networks of which something was changed on the switch, and of those that were marked for another reason. */
  private readonly suspects = new Set<string>();
  private readonly wanted = new Set<string>();
  private readonly slow = new SlowRetries<string>(SLOW_RETRY_MS, (networks) => this.mark(networks));

  constructor(
    private readonly target: Switch,
    private readonly desired: DesiredState,
    private readonly pass: NetworkPass,
    private readonly log: Log,
  ) {
    this.loop = new Reconciler({
      reconcile: async (networks) => {
        for (const network of networks) await this.reconcile(network);
      },
      batch: 1,
      window: 1,
      backOff: BACK_OFF,
      onFailure: (failure) => this.failed(failure),
    });
    this.loop.start();
  }

  /** Told a network whose logical switch is there, so that its MACs can follow. */
  onReady(listener: (network: string) => void): () => void {
    return this.ready.on(listener);
  }

  get idle(): boolean {
    return this.loop.idle;
  }

  get size(): number {
    return this.loop.size;
  }

  settled(): Promise<void> {
    return this.loop.settled();
  }

  stop(): Promise<void> {
    this.slow.clear();
    this.drift.clear();
    return this.loop.stop();
  }

  /** Nothing is certain any more. */
  clear(): void {
    this.slow.clear();
    this.drift.clear();
    this.loop.clear();
    this.suspects.clear();
    this.wanted.clear();
    this.pass.forget();
  }

  mark(networks: Iterable<string>): void {
    const all = [...networks];
    for (const network of all) this.wanted.add(network);
    this.loop.markAll(all);
  }

  /** Something of these networks was changed on the switch, by us or by others. */
  changedOnSwitch(networks: Iterable<string>): void {
    this.drift.changed(networks);
  }

  /** Everything that should be on the switch, and everything of ours that is. */
  markAll(): void {
    this.mark([...this.desired.wishes()].map(([network]) => network));
    this.mark(this.target.contents.networks());
  }

  private suspect(networks: readonly string[]): void {
    for (const network of networks) this.suspects.add(network);
    this.loop.markAll(networks);
  }

  private async reconcile(network: string): Promise<void> {
    if (this.target.state.kind !== 'active' || !this.desired.complete) return;
    const isWanted = this.wanted.delete(network);
    const isSuspect = this.suspects.delete(network) && !isWanted;
    const mayFollow = await this.pass.run(network, isSuspect);
    if (mayFollow) this.ready.tell(network);
  }

  private failed({ keys, error, retryInMs }: Failure<string>): void {
    for (const key of keys) this.wanted.add(key);
    if (this.target.state.kind !== 'active') return;
    this.log.warn('network-not-written', { network: keys[0], error, retryInMs });
    for (const network of keys) this.report(network, error, retryInMs);
  }

  private report(network: string, error: unknown, retryInMs: number | undefined): void {
    if (error instanceof Refused) {
      this.pass.refused(network, error.problem);
      this.slow.add([network]);
    } else if (error instanceof OvsdbError && retryInMs !== undefined && retryInMs >= STUBBORN_MS) {
      this.pass.refused(network, refusal(error));
    }
  }
}
