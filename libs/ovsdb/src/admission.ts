/** Decides who of those who dial in is listened to at all, so that strangers cost little and do not crowd out the others. */

export interface AdmissionLimits {
  /** Of those whose name is not known yet. */
  readonly atATime: number;
  readonly atATimePerAddress: number;
  /** An address may come this often at once; it earns one more visit each `perVisitMs`. */
  readonly visits: number;
  readonly perVisitMs: number;
}

export const DEFAULT_ADMISSION: AdmissionLimits = { atATime: 32, atATimePerAddress: 8, visits: 20, perVisitMs: 500 };

interface Visitor {
  /** Not known yet. */
  inside: number;
  /** How many visits more, at the time `at`. */
  left: number;
  at: number;
}

/** Addresses that are remembered; beyond them the ones that were here longest ago are forgotten. */
const MEMORY = 1000;

export class Admission {
  /** How many were turned away since this was last asked. */
  private refusals = 0;
  private inside = 0;
  private readonly visitors = new Map<string, Visitor>();

  constructor(private readonly limits: AdmissionLimits) {}

  /** Whether this visitor comes in at time `now` (ms); whoever does must `leave`. */
  enter(address: string, now: number): boolean {
    const visitor = this.visitor(address, now);
    const { atATime, atATimePerAddress } = this.limits;
    if (this.inside >= atATime || visitor.inside >= atATimePerAddress || visitor.left < 1) {
      this.refusals += 1;
      return false;
    }
    visitor.left -= 1;
    visitor.inside += 1;
    this.inside += 1;
    return true;
  }

  /** The visitor is known now, or gone. */
  leave(address: string): void {
    const visitor = this.visitors.get(address);
    if (visitor !== undefined) visitor.inside -= 1;
    this.inside -= 1;
  }

  /** Answers once for each: it begins anew. */
  takeRefusals(): number {
    const refusals = this.refusals;
    this.refusals = 0;
    return refusals;
  }

  private visitor(address: string, now: number): Visitor {
    const { visits, perVisitMs } = this.limits;
    const visitor = this.visitors.get(address) ?? { inside: 0, left: visits, at: now };
    visitor.left = Math.min(visits, visitor.left + (now - visitor.at) / perVisitMs);
    visitor.at = now;
    this.visitors.delete(address);
    this.visitors.set(address, visitor);
    this.forget();
    return visitor;
  }

  private forget(): void {
    if (this.visitors.size <= MEMORY) return;
    for (const [address, { inside }] of this.visitors) {
      if (inside > 0) continue;
      this.visitors.delete(address);
      return;
    }
  }
}
