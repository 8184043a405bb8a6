import type { ImportedMac, SyncRefusal } from '@l2gw/contracts';
import type { MacAddress } from '@l2gw/l2';
import type { Resolve } from './resolve-import.js';
import type { Room } from './room.js';

export type Refusals = Readonly<Partial<Record<SyncRefusal, number>>>;

/** Whether something is used of what is said of a MAC, and why not all. */
export interface Fate {
  readonly accepted: boolean;
  readonly refused: readonly SyncRefusal[];
}

/** What a peer says of a MAC, if that is understood, and its fate. */
export interface Saying extends Fate {
  readonly said?: ImportedMac;
}

/**
 * What of one stretch is accepted, within the limits: a MAC that was accepted stays when the limit is reached, those that found no room
 * come in as soon as there is some, the longest waiting first. Over a restart what was accepted comes first.
 */
export class Acceptance {
  /** What a predecessor has accepted and was not judged yet. */
  remembered = new Set<string>();
  private readonly accepted = new Set<MacAddress>();
  private readonly waiting = new Set<MacAddress>();
  private readonly reasons = new Map<MacAddress, readonly SyncRefusal[]>();
  private readonly counts = new Map<SyncRefusal, number>();

  constructor(private readonly room: Room) {}

  get size(): number {
    return this.accepted.size;
  }

  /** With those to come that were accepted before. */
  get claimed(): number {
    return this.accepted.size + this.remembered.size;
  }

  has(mac: string): boolean {
    return this.accepted.has(mac as MacAddress);
  }

  get refusals(): Refusals {
    return Object.fromEntries([...this.counts].filter(([, count]) => count > 0));
  }

  /** All that was judged and of which something is accepted or refused. */
  known(): readonly MacAddress[] {
    return [...new Set([...this.accepted, ...this.reasons.keys()])];
  }

  /** What became of a MAC. */
  fateOf(mac: MacAddress): Fate {
    return { accepted: this.accepted.has(mac), refused: this.reasons.get(mac) ?? [] };
  }

  /** Who has waited longest for room. */
  get nextLate(): MacAddress | undefined {
    const first = this.waiting.values().next();
    return first.done ? undefined : first.value;
  }

  /** What is accepted of a MAC now; undefined: nothing. `row`: what the peer says of it, if anything. */
  judge(mac: MacAddress, row: ImportedMac | undefined, resolve: Resolve): ImportedMac | undefined {
    const resolved = row === undefined ? NOTHING : resolve(row);
    const fits = resolved.row !== undefined && this.hasRoom(mac);
    this.remembered.delete(mac);
    const isLate = resolved.row !== undefined && !fits;
    if (!fits) this.give(mac);
    if (isLate) this.waiting.add(mac);
    else this.waiting.delete(mac);
    this.refuse(mac, isLate ? ['limit'] : resolved.refused);
    return fits ? resolved.row : undefined;
  }

  /** Gives its room to others. */
  clear(): void {
    this.room.giveBack(this.accepted.size);
    for (const all of [this.accepted, this.waiting, this.reasons, this.counts]) all.clear();
  }

  private hasRoom(mac: MacAddress): boolean {
    if (this.accepted.has(mac)) return true;
    const isRemembered = this.remembered.has(mac);
    if (!this.room.take(isRemembered ? this.accepted.size : this.claimed, isRemembered)) return false;
    this.accepted.add(mac);
    return true;
  }

  private give(mac: MacAddress): void {
    if (this.accepted.delete(mac)) this.room.giveBack(1);
  }

  private refuse(mac: MacAddress, reasons: readonly SyncRefusal[]): void {
    for (const reason of this.reasons.get(mac) ?? []) this.count(reason, -1);
    if (reasons.length === 0) this.reasons.delete(mac);
    else this.reasons.set(mac, reasons);
    for (const reason of reasons) this.count(reason, 1);
  }

  private count(reason: SyncRefusal, by: number): void {
    this.counts.set(reason, (this.counts.get(reason) ?? 0) + by);
  }
}

const NOTHING: ReturnType<Resolve> = { refused: [] };
