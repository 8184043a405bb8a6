import type { ReplicaChange, StopListening } from '@l2gw/tables';
import type { ToldMac } from '../peers/stretch-rows.js';
import type { Rows } from '../tables/prepared-rows.js';
import type { Ways, WaysChange } from '../ways/ways.js';

/** What is accepted of a third cloud, as it is passed on: what that cloud has said, its proof, and the path with us at its end. */
export class RelayedRows implements Rows<ToldMac> {
  private readonly listeners = new Set<(change: ReplicaChange) => void>();

  constructor(
    private readonly ways: Ways,
    private readonly own: string,
  ) {}

  get complete(): boolean {
    return this.ways.chosen !== undefined;
  }

  /** What nobody vouches for is not passed on: it would not be believed. */
  get(mac: string): ToldMac | undefined {
    const { chosen } = this.ways;
    const row = chosen?.rows.has(mac) === true ? chosen.said.get(mac) : undefined;
    if (chosen === undefined || row?.kind !== 'mac' || row.vouched === undefined) return undefined;
    const { said, proof } = row.vouched;
    return { ...row.mac, ...said, path: [...chosen.path, this.own], proof };
  }

  *entries(): IterableIterator<[string, ToldMac]> {
    for (const mac of this.ways.chosen?.rows.keys() ?? []) {
      const row = this.get(mac);
      if (row !== undefined) yield [mac, row];
    }
  }

  onChange(listener: (change: ReplicaChange) => void): StopListening {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  changed({ keys, isWhole }: WaysChange): void {
    for (const listener of [...this.listeners]) listener({ keys, nowComplete: isWhole, nowConfirmed: false });
  }
}
