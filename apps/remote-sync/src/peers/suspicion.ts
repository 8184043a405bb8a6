import type { Verdict } from '../signing/ear.js';

/** So many in a row that are not believed, and nothing good between them. */
const MOST_BAD = 200;
const QUARANTINE_MS = 60_000;

/** Counts what is said in a peer's name and not believed; of too much of it nothing is looked at for a while. */
export class Suspicion {
  readonly counts = { sig: 0, replay: 0 };
  private inARow = 0;
  private until = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get quarantined(): boolean {
    return this.now() < this.until;
  }

  heard(verdict: Verdict): void {
    if (verdict === 'new-epoch' || verdict === 'double') return;
    if (verdict === 'believed') {
      this.inARow = 0;
      return;
    }
    this.counts[verdict] += 1;
    if (verdict === 'sig' && !this.quarantined) this.inARow += 1;
    if (this.inARow < MOST_BAD) return;
    this.inARow = 0;
    this.until = this.now() + QUARANTINE_MS;
  }
}
