import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import type { Problem } from '@l2gw/contracts';
import { type Failure, Reconciler } from '@l2gw/reconcile';
import type { OwnedMacChange } from '../switch/network-change.js';
import { Switch } from '../switch/switch.js';
import { driftProblem } from './describe-drift.js';
import { byNetwork, type MacKey, macKey, macOfKey, type MacsByNetwork, without } from './mac-key.js';
import { MacPlanner, type NetworkMac } from './mac-planner.js';
import { BACK_OFF, MAC_BATCH, MAC_PATIENCE, MAC_WINDOW, SLOW_RETRY_MS } from './pace.js';
import { Patience } from './patience.js';
import { Progress } from './progress.js';
import { isStubborn, Refused, refusal, refusalIn } from './refused.js';
import { SlowRetries } from './slow-retries.js';

/** Keeps the MACs of networks that are on the switch as they should be, one by one or, after it was away, network by network. */
@Injectable()
export class MacLoop {
  private readonly loop: Reconciler<MacKey>;
  private readonly slow = new SlowRetries<MacKey>(SLOW_RETRY_MS, (keys) => this.mark(keys));
  private readonly drift = new Patience<MacKey>(MAC_PATIENCE, (keys) => this.correct(keys));
  /** MACs that were found other than wanted after a change on the switch, since the start. */
  corrections = 0;
  /** Networks of which every MAC was compared, and on which logical switch; only then single MACs are looked at. */
  private readonly compared = new Map<string, string>();
  /** Rows that are being added. */
  private underWay = 0;

  constructor(
    private readonly target: Switch,
    private readonly planner: MacPlanner,
    private readonly progress: Progress,
    private readonly log: Log,
  ) {
    this.loop = new Reconciler({
      reconcile: (keys) => this.reconcile(keys),
      batch: MAC_BATCH,
      window: MAC_WINDOW,
      backOff: BACK_OFF,
      onFailure: (failure) => this.failed(failure),
    });
    this.loop.start();
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

  /** What was compared counts no more. */
  clear(): void {
    this.compared.clear();
    this.slow.clear();
    this.drift.clear();
    this.loop.clear();
    this.progress.outstanding.clear();
  }

  /** What was refused may be taken now: it is tried again at once. */
  tryAgain(): void {
    this.slow.hurry();
  }

  /** The MACs of this network, or of all, have to be compared once more. */
  compareAgain(network?: string): void {
    if (network === undefined) this.compared.clear();
    else this.compared.delete(network);
  }

  /** One pass over a network whose logical switch is as it should be: only what differs is marked. */
  compare(network: string): void {
    const logicalSwitch = this.planner.logicalSwitch(network);
    if (logicalSwitch === undefined || this.compared.get(network) === logicalSwitch) return;
    this.compared.set(network, logicalSwitch);
    const keys = this.planner.differing(network);
    this.progress.filling(network, keys);
    this.loop.markList(network, keys);
  }

  desiredChanged(network: string, macs: readonly string[]): void {
    if (this.compared.has(network)) this.mark(macs.map((mac) => macKey(network, mac)));
  }

  /** Rows changed on the switch, by us or by others: our own changes are as they should be and mark nothing. */
  rowsChanged(rows: readonly NetworkMac[]): void {
    const compared = rows.filter(({ network }) => this.compared.has(network));
    const differing = this.planner.differingOf(compared);
    if (!this.planner.repairsDrift) this.progress.macsWritten(byNetwork(this.planner.others(compared, differing)));
    this.drift.changed(differing);
  }

  /** What we are about to change is not as it should be either, and nobody else's doing. */
  private correct(keys: readonly MacKey[]): void {
    const { outstanding } = this.progress;
    const strange = keys.filter((key) => !outstanding.has(key));
    this.corrections += strange.length;
    for (const [network, macs] of byNetwork(strange)) {
      this.log.info('drift', { network, macs: macs.length, first: macs[0] });
      this.progress.drift.found(network, `MAC ${macOfKey(macs[0] ?? '')} was changed`, macs.length);
    }
    if (this.planner.repairsDrift) return this.mark(keys);
    for (const key of strange) this.progress.macRefused(key, driftProblem('a MAC'));
    this.mark(keys.filter((key) => outstanding.has(key)));
  }

  private mark(keys: readonly MacKey[]): void {
    this.progress.outstanding.begin(keys, performance.now());
    this.loop.markAll(keys);
  }

  private async reconcile(keys: readonly MacKey[]): Promise<void> {
    if (this.target.state.kind !== 'active') return;
    const open = this.open(byNetwork(keys));
    const { changes, beyond, problem } = this.planner.fitting(this.planner.changesOf(open), this.underWay);
    const refused = new Set(beyond.map((each) => this.planner.keyOf(each)));
    const written = without(open, refused);
    if (changes.length > 0) await this.writeCounted(keys, changes);
    this.logWritten(written, changes.length);
    const filled = this.progress.macsWritten(written);
    if (problem !== undefined) this.refuse([...refused], problem);
    for (const network of filled) this.log.info('network-filled', { network });
  }

  /** Keys come in the order in which they were marked: the first has waited longest. */
  private logWritten(macs: MacsByNetwork, rows: number): void {
    const [[first] = []] = macs.values();
    if (first === undefined || rows === 0) return;
    const waitedMs = this.progress.outstanding.waited(first, performance.now());
    this.log.debug('macs-written', { rows, first, waitedMs });
  }

  /** Those that may be written. Who is passed over now must be compared as a whole later. */
  private open(macs: MacsByNetwork): MacsByNetwork {
    const open = new Map(macs);
    for (const [network, keys] of macs) {
      if (this.progress.isOpen(network)) continue;
      open.delete(network);
      this.compared.delete(network);
      this.progress.outstanding.end(network, keys);
    }
    return open;
  }

  /** Rows that are on their way take room as those that are there. */
  private async writeCounted(keys: readonly MacKey[], changes: readonly OwnedMacChange[]): Promise<void> {
    const adds = changes.filter(({ change }) => change.kind === 'add').length;
    this.underWay += adds;
    try {
      await this.write(keys, changes);
    } finally {
      this.underWay -= adds;
    }
  }

  /** A batch that is refused is tried key by key, except where nothing at all may be written. */
  private async write(keys: readonly MacKey[], changes: Parameters<Switch['writeMacs']>[0]): Promise<void> {
    try {
      await this.target.writeMacs(changes);
    } catch (error) {
      const problem = refusalIn(error);
      if (problem !== undefined && (keys.length === 1 || problem.code === 'READ_ONLY'))
        throw new Refused(problem, error);
      throw error;
    }
  }

  /** They are tried again after a while. */
  private refuse(keys: readonly MacKey[], problem: Problem): void {
    for (const key of keys) this.progress.macRefused(key, problem);
    this.slow.add(keys);
  }

  private failed({ keys, error, retryInMs }: Failure<MacKey>): void {
    if (this.target.state.kind !== 'active') return;
    this.log.warn('macs-not-written', { macs: keys.length, first: keys[0], error, retryInMs });
    if (error instanceof Refused) {
      this.refuse(keys, error.problem);
    } else if (keys.length === 1 && isStubborn(error, retryInMs)) {
      for (const key of keys) this.progress.macRefused(key, refusal(error));
    }
  }
}
