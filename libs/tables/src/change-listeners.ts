import type { ReplicaChange, StopListening } from './replica.js';

/** Who is told what has changed in a copy. */
export class ChangeListeners {
  private readonly all = new Set<(change: ReplicaChange) => void>();

  add(listener: (change: ReplicaChange) => void): StopListening {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  /** Nobody is told of nothing. */
  tell(change: ReplicaChange): void {
    if (change.keys.length === 0 && !change.nowComplete && !change.nowConfirmed) return;
    for (const listener of [...this.all]) listener(change);
  }
}
