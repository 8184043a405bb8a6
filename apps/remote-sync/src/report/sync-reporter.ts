import { type SyncPeerReport, type SyncPeerState, type SyncStretchReport, syncReport } from '@l2gw/contracts';
import { canonicalJson } from '@l2gw/tables';
import { Injectable } from '@nestjs/common';
import { Pushes } from '../tables/pushes.js';
import type { Recalled } from '../tables/recall.js';

type PeerWords = { readonly state: SyncPeerState; readonly reason?: string; readonly epoch?: number };
type StretchWords = Omit<SyncStretchReport, 'report' | 'connection'>;

const LOOK_MS = 100;
/** How long the peers have to answer before the first word on them, if there was none before. */
const FIRST_MS = 1000;
const CERTAIN_MS = 5500;

/** Tells the API how the peers and the stretches are; what is as it was is not told again. */
@Injectable()
export class SyncReporter {
  private readonly told = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private startedAt: number | undefined;
  private readonly since = new Map<string, Pick<SyncPeerReport, 'state' | 'since'>>();
  readonly lags = new Map<string, number>();
  private readonly shared = new Map<string, StretchWords>();

  constructor(private readonly pushes: Pushes) {}

  /** The state of each peer. */
  get peerStates(): readonly SyncPeerState[] {
    return [...this.since.values()].map(({ state }) => state);
  }

  get stretches(): readonly StretchWords[] {
    return [...this.shared.values()];
  }

  peer(peer: string, words: PeerWords): void {
    const known = this.isOpen ? this.since.get(peer) : (this.before(peer, words.state) ?? this.since.get(peer));
    const since = known?.state === words.state ? known.since : new Date().toISOString();
    this.since.set(peer, { state: words.state, since });
    this.put(syncReport.peerKey(peer), { ...words, since });
  }

  /** How long ago, by its clock and ours, the latest life sign of a cloud was given, in seconds. */
  lag(cloud: string, seconds: number): void {
    this.lags.set(cloud, seconds);
  }

  stretch(connection: string, words: StretchWords): void {
    this.shared.set(connection, words);
    this.put(syncReport.stretchKey(connection), words);
  }

  /** Only these are there now. */
  keep(peers: ReadonlySet<string>, connections: ReadonlySet<string>): void {
    for (const peer of this.since.keys()) if (!peers.has(peer)) this.since.delete(peer);
    for (const connection of this.shared.keys()) if (!connections.has(connection)) this.shared.delete(connection);
    const kept = new Set([...[...peers].map(syncReport.peerKey), ...[...connections].map(syncReport.stretchKey)]);
    for (const key of [...this.told.keys()]) if (!kept.has(key)) this.drop(key);
  }

  /**
   * From now on the API has what is told: as soon as it is what a predecessor has told last, so that nothing is written, or after the time
   * that it takes to know for certain that somebody is silent. What nobody has told before is told sooner.
   */
  start(): void {
    this.startedAt ??= performance.now();
    this.timer ??= setInterval(() => this.openInTime(performance.now() - (this.startedAt ?? 0)), LOOK_MS).unref();
  }

  /** Another session tells everything anew. */
  end(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.startedAt = undefined;
    for (const all of [this.told, this.since, this.shared, this.lags]) all.clear();
  }

  private get table() {
    return this.pushes.table(syncReport.table);
  }

  private get isOpen(): boolean {
    return this.table.isOpen;
  }

  private openInTime(ms: number): void {
    const { memory } = this.table;
    if (memory === undefined || ms < (memory.size === 0 ? FIRST_MS : CERTAIN_MS)) {
      if (memory === undefined || memory.size === 0 || !isSame(memory, this.told)) return;
    }
    clearInterval(this.timer);
    this.table.open();
  }

  /** What was told of the peer before this session, if it was in this state. */
  private before(peer: string, state: SyncPeerState): Pick<SyncPeerReport, 'state' | 'since'> | undefined {
    const row = this.table.memory?.get(syncReport.peerKey(peer));
    const told =
      row === undefined || Object.keys(row).length === 0 ? undefined : syncReport.decode(syncReport.peerKey(peer), row);
    return told?.report === 'peer' && told.state === state ? told : undefined;
  }

  private put(key: string, row: object): void {
    const text = canonicalJson(row);
    if (this.told.get(key) === text) return;
    this.told.set(key, text);
    this.table.put(key, row);
  }

  private drop(key: string): void {
    this.told.delete(key);
    this.table.drop(key);
  }
}

function isSame(before: Recalled, told: ReadonlyMap<string, string>): boolean {
  return before.size === told.size && [...before].every(([key, row]) => told.get(key) === canonicalJson(row));
}
