import { Log } from '@l2gw/runtime';
import { Injectable } from '@nestjs/common';
import { networkTable, switchClientId, switchTable } from '@l2gw/contracts';
import { isTableName, type Replica, type ReplicaChange } from '@l2gw/tables';
import { AgentConfig } from '../config.js';
import { Listeners } from '../listeners.js';
import { DesiredNetwork, type NetworkNews } from './desired-network.js';
import { DesiredTables } from './desired-tables.js';
import { Leftovers } from './leftovers.js';
import { decodeEntry, decodeWish, type SwitchWish, type Wish } from './wish.js';
import { WishedNetworks } from './wished-networks.js';
import { WishedPlaces } from './wished-places.js';
import { WishedStandpoints } from './wished-standpoints.js';

/** Where something else is wanted than before; `nowCertain`: the whole table can be relied on for more than a moment ago. */
export type DesiredChange =
  | {
      readonly kind: 'switch';
      readonly networks: readonly string[];
      /** Those of them of which every MAC may be behind something else now. */
      readonly otherPlaces: readonly string[];
      readonly nowCertain: boolean;
    }
  | ({ readonly kind: 'network'; readonly network: string; readonly nowCertain: boolean } & NetworkNews);

/** What the switch should hold, as the API's tables say: follows the tables of its switches, and those of the networks in them. */
@Injectable()
export class DesiredState {
  readonly places = new WishedPlaces();
  private readonly standpoints = new WishedStandpoints();
  private readonly networks = new Map<string, DesiredNetwork>();
  /** Those of them whose table the API has never confirmed. */
  private readonly awaited = new Set<string>();
  private readonly leftovers: Leftovers;
  private readonly listeners = new Listeners<DesiredChange>();
  private readonly wished = new WishedNetworks();

  constructor(
    private readonly config: AgentConfig,
    private readonly source: DesiredTables,
    private readonly log: Log,
  ) {
    this.leftovers = new Leftovers(config.leftoverGraceMs, () => this.tell([], [], true));
  }

  /** Resolves when what was remembered is known. */
  async start(): Promise<void> {
    await this.source.load();
    const tables: Replica<SwitchWish>[] = [];
    for (const name of this.config.switchNames) {
      const table = this.source.follow(name, switchTable.table(switchClientId(name)), decodeWish);
      this.wished.add(name, table);
      tables.push(table);
      table.onChange((change) => this.take(change));
    }
    for (const table of tables) this.source.recall(table);
    this.source.start();
  }

  stop(): Promise<void> {
    this.leftovers.stop();
    return this.source.stop();
  }

  onChange(listener: (change: DesiredChange) => void): () => void {
    return this.listeners.on(listener);
  }

  /** False until the switches' tables were whole once: until then nobody knows what is wanted. */
  get complete(): boolean {
    return this.wished.complete;
  }

  /** Everything that is wanted is known, and the API has said so since the agent was started. */
  get settled(): boolean {
    return this.isConfirmed && this.awaited.size === 0;
  }

  /** The API gives no sign of life: what is wanted may be something else by now. */
  get stale(): boolean {
    return this.source.stale;
  }

  /** The API has confirmed, since the agent was started, what is wanted of every switch. */
  get isConfirmed(): boolean {
    return this.wished.confirmed;
  }

  /** Which state of this switch's table is wanted; undefined until everything in such tables is confirmed. */
  position(switchName: string): { readonly epoch: string; readonly revision: number } | undefined {
    return this.wished.position(switchName);
  }

  get maxMacs(): number | undefined {
    return this.wished.maxMacs;
  }

  /** What is to be done about changes by others; it is the switch's, and every row of its table says it. */
  get driftPolicy(): 'repair' | 'report' {
    for (const [, wish] of this.wishes()) if (wish.kind === 'wish') return wish.row.drift ?? 'repair';
    return 'repair';
  }

  wish(network: string): Wish | undefined {
    return this.wished.get(network);
  }

  wishes(): Iterable<readonly [network: string, wish: Wish]> {
    return this.wished.entries();
  }

  network(network: string): DesiredNetwork | undefined {
    return this.networks.get(network);
  }

  /** What is known of the network can be relied on; what is only remembered can have been changed since, and takes nothing away. */
  isCertain(network: string): boolean {
    return this.isConfirmed && this.networks.get(network)?.confirmed !== false;
  }

  /** Nobody wants the network, and it may go. */
  isUnwanted(network: string): boolean {
    return this.isConfirmed && this.wished.get(network) === undefined && this.leftovers.mayGo(network);
  }

  private take({ keys, nowComplete, nowConfirmed }: ReplicaChange): void {
    const otherPlaces = keys.filter((network) => this.takeWish(network, this.wished.take(network)));
    const nowCertain = nowComplete || nowConfirmed;
    if (nowConfirmed) this.look();
    this.tell(keys, otherPlaces, nowCertain);
  }

  /** Answers whether its MACs may be behind something else now. */
  private takeWish(network: string, wish: Wish | undefined): boolean {
    if (wish !== undefined) this.leftovers.isWished(network);
    this.read(network, wish);
    if (wish?.kind === 'unreadable') return false;
    this.places.set(network, wish?.row.bindings ?? []);
    return this.standpoints.set(network, wish);
  }

  /** The table of a network is read in the name of a switch that wants it, as long as that one does. */
  private read(network: string, wish: Wish | undefined): void {
    const known = this.networks.get(network);
    if (known !== undefined && wish?.rows.has(known.readBy) !== true) this.unfollow(network);
    if (wish === undefined) return;
    const [first = ''] = wish.rows.keys();
    if (!this.networks.has(network)) this.follow(network, first);
    else if (!this.isCertain(network)) this.source.askAgain(networkTable.table(network));
  }

  private follow(network: string, readBy: string): void {
    const name = networkTable.table(network);
    if (!isTableName(name)) return;
    const replica = this.source.follow(readBy, name, decodeEntry);
    const desired = new DesiredNetwork(replica, readBy);
    this.networks.set(network, desired);
    this.awaited.add(network);
    replica.onChange((change) => {
      if (this.networks.get(network) === desired) this.takeRows(network, desired, change);
    });
    this.source.recall(replica);
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
    this.networks.delete(network);
    this.awaited.delete(network);
    this.source.unfollow(networkTable.table(network));
  }

  /** What is missing on the switch once everything is known waits for the switch, not for the API. */
  private look(): void {
    if (!this.settled) return;
    this.log.info('tables-complete', { networks: this.networks.size });
    this.source.forgetOthers();
    this.leftovers.begin();
  }

  private tell(networks: readonly string[], otherPlaces: readonly string[], nowCertain: boolean): void {
    this.listeners.tell({ kind: 'switch', networks, otherPlaces, nowCertain });
  }
}
