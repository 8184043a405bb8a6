import { type SyncPeerReport, type SyncPeerState, type SyncStretchReport, syncReport } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Pushes } from '../tables/pushes.js';

type PeerWords = { readonly state: SyncPeerState; readonly reason?: string; readonly epoch?: number };
type StretchWords = Omit<SyncStretchReport, 'report' | 'connection'>;

/** Tells the API how the peers and the stretches are; what is as it was is not told again. */
@Injectable()
export class SyncReporter {
  private readonly told = new Map<string, string>();
  private readonly since = new Map<string, Pick<SyncPeerReport, 'state' | 'since'>>();
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
    const known = this.since.get(peer);
    const since = known?.state === words.state ? known.since : new Date().toISOString();
    this.since.set(peer, { state: words.state, since });
    this.put(syncReport.peerKey(peer), { ...words, since });
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

  /** From now on the API has what has been told. */
  open(): void {
    this.table.open();
  }

  /** Another session tells everything anew. */
  end(): void {
    for (const all of [this.told, this.since, this.shared]) all.clear();
  }

  private get table() {
    return this.pushes.table(syncReport.table);
  }

  private put(key: string, row: object): void {
    const text = JSON.stringify(row);
    if (this.told.get(key) === text) return;
    this.told.set(key, text);
    this.table.put(key, row);
  }

  private drop(key: string): void {
    this.told.delete(key);
    this.table.drop(key);
  }
}
