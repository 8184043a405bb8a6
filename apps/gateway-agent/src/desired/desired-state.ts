import { Log } from '@l2gw/runtime';
import { Bus } from '@l2gw/bus';
import { Injectable } from '@nestjs/common';
import { apiWriter, networkTable, switchClientId, switchTable } from '@l2gw/contracts';
import { isTableName, type Replica, type ReplicaChange, TableReader } from '@l2gw/tables';
import { AgentConfig } from '../config.js';
import { Listeners } from '../listeners.js';
import { DesiredNetwork, type NetworkNews } from './desired-network.js';
import { type Wish, decodeEntry, decodeWish } from './wish.js';
import { WishedPlaces } from './wished-places.js';
import { WishedTunnels } from './wished-tunnels.js';

/** Where something else is wanted than before. */
export type DesiredChange =
  | {
      readonly kind: 'switch';
      readonly networks: readonly string[];
      /** Those of them that have other tunnels to other clouds. */
      readonly tunnels: readonly string[];
      readonly nowComplete: boolean;
    }
  | ({ readonly kind: 'network'; readonly network: string; readonly nowComplete: boolean } & NetworkNews);

/** What the switch should hold, as the API's tables say: follows its switch's table, and those of the networks in it. */
@Injectable()
export class DesiredState {
  readonly places = new WishedPlaces();
  private readonly tunnels = new WishedTunnels();
  private readonly reader: TableReader;
  private readonly client;
  private readonly networks = new Map<string, DesiredNetwork>();
  /** Those of them whose table was never whole. */
  private readonly awaited = new Set<string>();
  private readonly listeners = new Listeners<DesiredChange>();
  private table: Replica<Wish> | undefined;

  constructor(
    config: AgentConfig,
    bus: Bus,
    private readonly log: Log,
  ) {
    this.client = switchClientId(config.switchName);
    this.reader = new TableReader({
      bus,
      client: this.client,
      writer: apiWriter.name,
      onSilence: (silent) => log.info('api-silent', { silent }),
      onProblem: (problem) => log.debug('table', { error: problem }),
    });
  }

  start(): void {
    const table = this.reader.follow(switchTable.table(this.client), decodeWish);
    this.table = table;
    table.onChange((change) => this.take(change));
    this.reader.start();
  }

  stop(): void {
    this.reader.stop();
  }

  onChange(listener: (change: DesiredChange) => void): () => void {
    return this.listeners.on(listener);
  }

  /** False until the switch's table was whole once: until then no network is missing from it. */
  get complete(): boolean {
    return this.table?.complete === true;
  }

  /** Which state of the switch's table is wanted; undefined until it was whole once. */
  get position(): { readonly epoch: string; readonly revision: number } | undefined {
    if (this.table?.complete !== true) return undefined;
    return { epoch: this.table.epoch, revision: this.table.revision };
  }

  /** Everything that is wanted is known. */
  get settled(): boolean {
    return this.complete && this.awaited.size === 0;
  }

  wish(network: string): Wish | undefined {
    return this.table?.get(network);
  }

  *wishes(): Generator<readonly [network: string, wish: Wish]> {
    if (this.table) yield* this.table.entries();
  }

  network(network: string): DesiredNetwork | undefined {
    return this.networks.get(network);
  }

  private take({ keys, nowComplete }: ReplicaChange): void {
    const tunnels = keys.filter((network) => this.takeWish(network, this.wish(network)));
    if (nowComplete && this.settled) this.announce();
    this.listeners.tell({ kind: 'switch', networks: keys, tunnels, nowComplete });
  }

  /** Answers whether the network has other tunnels now. */
  private takeWish(network: string, wish: Wish | undefined): boolean {
    if (wish !== undefined && !this.networks.has(network)) this.follow(network);
    if (wish === undefined && this.networks.delete(network)) this.unfollow(network);
    if (wish?.kind === 'unreadable') return false;
    this.places.set(network, wish?.row.bindings ?? []);
    return this.tunnels.set(network, wish?.row);
  }

  private follow(network: string): void {
    const name = networkTable.table(network);
    if (!isTableName(name)) return;
    const replica = this.reader.follow(name, decodeEntry);
    const desired = new DesiredNetwork(replica);
    this.networks.set(network, desired);
    this.awaited.add(network);
    replica.onChange((change) => {
      if (this.networks.get(network) === desired) this.takeRows(network, desired, change);
    });
  }

  private takeRows(network: string, desired: DesiredNetwork, { keys, nowComplete }: ReplicaChange): void {
    const news = desired.take(keys);
    if (nowComplete) this.awaited.delete(network);
    if (nowComplete && this.settled) this.announce();
    this.listeners.tell({ kind: 'network', network, ...news, nowComplete });
  }

  private unfollow(network: string): void {
    this.awaited.delete(network);
    this.reader.unfollow(networkTable.table(network));
  }

  /** What is missing on the switch from here on waits for the switch, not for the API. */
  private announce(): void {
    this.log.info('tables-complete', { networks: this.networks.size });
  }
}
