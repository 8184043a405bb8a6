import type { PeerLimits } from '@l2gw/contracts';

/** How many MACs may still be accepted of a peer, over all of its stretches. */
export class Room {
  /** Somebody found no room since this was last said to be otherwise. */
  isShort = false;
  private taken = 0;
  private reserved = 0;
  /** Stretches of which it is not known yet how many they had. */
  private unknown = 0;

  constructor(
    public limits: PeerLimits,
    /** Told when many have taken or given back their room, or it is known who kept some. */
    readonly changed: () => void = () => undefined,
  ) {}

  /** Whether there is room for one more that was not accepted before; `ofStretch`: MACs accepted in its stretch so far. */
  has(ofStretch: number): boolean {
    return this.unknown === 0 && this.fits(ofStretch);
  }

  /** False if there is no room. Whoever was accepted before comes first. */
  take(ofStretch: number, isRemembered = false): boolean {
    if (!(isRemembered ? this.fits(ofStretch) : this.has(ofStretch))) {
      this.isShort = true;
      return false;
    }
    this.taken += 1;
    return true;
  }

  /** Somebody still waits for room. */
  lacks(): void {
    this.isShort = true;
  }

  giveBack(count: number): void {
    this.taken -= count;
  }

  /** Keeps room for what a predecessor has accepted in a stretch, until it is known what of it is still there. */
  reserve(): Reservation {
    let held: number | undefined;
    let isOver = false;
    this.unknown += 1;
    return {
      become: (count) => {
        if (isOver || held !== undefined) return;
        held = count;
        this.unknown -= 1;
        this.reserved += count;
        this.changed();
      },
      give: () => {
        if (isOver || held === undefined || held === 0) return;
        held -= 1;
        this.reserved -= 1;
      },
      release: () => {
        if (isOver) return;
        isOver = true;
        if (held === undefined) this.unknown -= 1;
        this.reserved -= held ?? 0;
        this.changed();
      },
    };
  }

  private fits(ofStretch: number): boolean {
    return ofStretch < this.limits.macs && this.taken + this.reserved < this.limits.total;
  }
}

export interface Reservation {
  /** So many were accepted. */
  become(count: number): void;
  /** One of them is there again, or not any more. */
  give(): void;
  release(): void;
}
