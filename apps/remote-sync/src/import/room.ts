import type { PeerLimits } from '@l2gw/contracts';

/** How many MACs may still be accepted of a peer, over all of its stretches. */
export class Room {
  /** Somebody found no room since this was last said to be otherwise. */
  isShort = false;
  private taken = 0;

  constructor(
    public limits: PeerLimits,
    /** Told when many have taken or given back their room. */
    readonly changed: () => void = () => undefined,
  ) {}

  /** Whether there is room for one more; `ofStretch`: MACs accepted in its stretch so far. */
  has(ofStretch: number): boolean {
    return ofStretch < this.limits.macs && this.taken < this.limits.total;
  }

  /** False if there is no room. */
  take(ofStretch: number): boolean {
    if (!this.has(ofStretch)) {
      this.isShort = true;
      return false;
    }
    this.taken += 1;
    return true;
  }

  giveBack(count: number): void {
    this.taken -= count;
  }
}
