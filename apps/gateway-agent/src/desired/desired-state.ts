import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { networkTable, switchClientId, switchTable } from '@l2gw/contracts';
import { isTableName, type Replica, type ReplicaChange } from '@l2gw/tables';
import { AgentConfig } from '../config.js';
import { Listeners } from '../listeners.js';
import { DesiredNetwork, type NetworkNews } from './desired-network.js';
import { DesiredTables } from './desired-tables.js';
import { Leftovers } from './leftovers.js';
import { type Wish, decodeEntry, decodeWish } from './wish.js';
import { WishedPlaces } from './wished-places.js';
import { WishedTunnels } from './wished-tunnels.js';

/** Where something else is wanted than before; `nowCertain`: the whole table can be relied on for more than a moment ago. */
export type DesiredChange =
  | {
      readonly kind: 'switch';
      readonly networks: readonly string[];
      /** Those of them that have other tunnels to other clouds. */
      readonly tunnels: readonly string[];
      readonly nowCertain: boolean;
    }
  | ({ readonly kind: 'network'; readonly network: string; readonly nowCertain: boolean } & NetworkNews);

/** What the switch should hold, as the API's tables say: follows its switch's table, and those of the networks in it. */
@Injectable()
export class DesiredState {
  readonly places = new WishedPlaces();
  private readonly tunnels = new WishedTunnels();
  private readonly client;
  private readonly networks = new Map<string, DesiredNetwork>();
  /** Those of them whose table the API has never confirmed. */
  private readonly awaited = new Set<string>();
  private readonly leftovers: Leftovers;
  private readonly listeners = new Listeners<DesiredChange>();
  private table: Replica<Wish> | undefined;

  constructor(
    config: AgentConfig,
    private readonly tables: DesiredTables,
    private readonly log: Log,
  ) {
    this.client = switchClientId(config.switchName);
    this.leftovers = new Leftovers(config.leftoverGraceMs, () => this.tell([], [], true));
  }

  /** Resolves when what was remembered is known. */
  async start(): Promise<void> {
    await this.tables.load();
    const table = this.tables.follow(switchTable.table(this.client), decodeWish);
    this.table = table;
    table.onChange((change) => this.take(change));
    this.tables.recall(table);
    this.tables.start();
  }

  stop(): Promise<void> {
    this.leftovers.stop();
    return this.tables.stop();
  }

  onChange(listener: (change: DesiredChange) => void): () => void {
    return this.listeners.on(listener);
  }

  /** False until the switch's table was whole once: until then nobody knows what is wanted. */
  get complete(): boolean {
    return this.table?.complete === true;
  }

  /** Everything that is wanted is known, and the API has said so since the agent was started. */
  get settled(): boolean {
    return this.table?.confirmed === true && this.awaited.size === 0;
  }

  /** The API gives no sign of life: what is wanted may be something else by now. */
  get stale(): boolean {
    return this.tables.stale;
  }

  /** Which state of the switch's table is wanted; undefined until the API has confirmed it. */
  get position(): { readonly epoch: string; readonly revision: number } | undefined {
    if (this.table?.confirmed !== true) return undefined;
    return { epoch: this.table.epoch, revision: this.table.revision };
  }

  /** How many MACs the switch has room for; it is the switch's, and every row of its table says it. */
  get maxMacs(): number | undefined {
    for (const [, wish] of this.wishes()) if (wish.kind === 'wish') return wish.row.maxMacs;
    return undefined;
  }

  /** What is to be done about changes by others; it is the switch's, and every row of its table says it. */
  get driftPolicy(): 'repair' | 'report' {
    for (const [, wish] of this.wishes()) if (wish.kind === 'wish') return wish.row.drift ?? 'repair';
    return 'repair';
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

  /** What is known of the network can be relied on; what is only remembered can have been changed since, and takes nothing away. */
  isCertain(network: string): boolean {
    return this.table?.confirmed === true && this.networks.get(network)?.confirmed !== false;
  }

  /** Nobody wants the network, and it may go. */
  isUnwanted(network: string): boolean {
    return this.table?.confirmed === true && !this.table.get(network) && this.leftovers.mayGo(network);
  }

  private take({ keys, nowComplete, nowConfirmed }: ReplicaChange): void {
    const tunnels = keys.filter((network) => this.takeWish(network, this.wish(network)));
    const nowCertain = nowComplete || nowConfirmed;
    if (nowConfirmed) this.look();
    this.tell(keys, tunnels, nowCertain);
  }

  /** Answers whether the network has other tunnels now. */
  private takeWish(network: string, wish: Wish | undefined): boolean {
    if (wish !== undefined) this.leftovers.isWished(network);
    if (wish !== undefined && !this.networks.has(network)) this.follow(network);
    if (wish === undefined && this.networks.delete(network)) this.unfollow(network);
    if (wish?.kind === 'unreadable') return false;
    this.places.set(network, wish?.row.bindings ?? []);
    return this.tunnels.set(network, wish?.row);
  }

  private follow(network: string): void {
    const name = networkTable.table(network);
    if (!isTableName(name)) return;
    const replica = this.tables.follow(name, decodeEntry);
    const desired = new DesiredNetwork(replica);
    this.networks.set(network, desired);
    this.awaited.add(network);
    replica.onChange((change) => {
      if (this.networks.get(network) === desired) this.takeRows(network, desired, change);
    });
    this.tables.recall(replica);
  }

  private takeRows(network: string, desired: DesiredNetwork, change: ReplicaChange): void {
    const news = desired.take(change.keys);
    if (change.nowConfirmed) this.awaited.delete(network);
    if (change.nowConfirmed) this.look();
    this.listeners.tell({
      kind: 'network',
      network,
      ...news,
      nowCertain: change.nowComplete || change.nowConfirmed,
    });
  }

  private unfollow(network: string): void {
    this.awaited.delete(network);
    this.tables.unfollow(networkTable.table(network));
  }

  /** What is missing on the switch once everything is known waits for the switch, not for the API. */
  private look(): void {
    if (!this.settled) return;
    this.log.info('tables-complete', { networks: this.networks.size });
    this.tables.forgetOthers();
    this.leftovers.begin();
  }

  private tell(networks: readonly string[], tunnels: readonly string[], nowCertain: boolean): void {
    this.listeners.tell({ kind: 'switch', networks, tunnels, nowCertain });
  }
}
