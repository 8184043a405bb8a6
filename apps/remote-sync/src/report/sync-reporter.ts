import { type SyncPeerReport, type SyncPeerState, type SyncStretchReport, syncReport } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { Pushes } from '../tables/pushes.js';

type PeerWords = { readonly state: SyncPeerState; readonly reason?: string; readonly epoch?: number };

/** Tells the API how the peers and the stretches are; what is as it was is not told again. */
@Injectable()
export class SyncReporter {
  private readonly told = new Map<string, string>();
  private readonly since = new Map<string, Pick<SyncPeerReport, 'state' | 'since'>>();

  constructor(private readonly pushes: Pushes) {}

  peer(peer: string, words: PeerWords): void {
    const known = this.since.get(peer);
    const since = known?.state === words.state ? known.since : new Date().toISOString();
    this.since.set(peer, { state: words.state, since });
    this.put(syncReport.peerKey(peer), { ...words, since });
  }

  stretch(connection: string, words: Omit<SyncStretchReport, 'report' | 'connection'>): void {
    this.put(syncReport.stretchKey(connection), words);
  }

  /** Only these are there now. */
  keep(peers: ReadonlySet<string>, connections: ReadonlySet<string>): void {
    for (const peer of this.since.keys()) if (!peers.has(peer)) this.since.delete(peer);
    const kept = new Set([...[...peers].map(syncReport.peerKey), ...[...connections].map(syncReport.stretchKey)]);
    for (const key of [...this.told.keys()]) if (!kept.has(key)) this.drop(key);
  }

  /** From now on the API has what has been told. */
  open(): void {
    this.table.open();
  }

  /** Another session tells everything anew. */
  end(): void {
    this.told.clear();
    this.since.clear();
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
