/** `never`: nothing believable was heard in this session. */
export type Life = 'never' | 'live' | 'degraded' | 'silent';

const DEGRADED_MS = 3000;
const SILENT_MS = 5000;

/** Whether a peer lives, by when it was heard last. NATS itself notices a route that swallows everything only after minutes. */
export class Liveness {
  private heardAt: number | undefined;
  private readonly startedAt: number;
  private hasLeft = false;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.startedAt = now();
  }

  heard(): void {
    this.heardAt = this.now();
    this.hasLeft = false;
  }

  /** It has said that it will not be heard for a while. */
  leave(): void {
    this.hasLeft = true;
  }

  get left(): boolean {
    return this.hasLeft;
  }

  get life(): Life {
    if (this.heardAt === undefined) return this.now() - this.startedAt < SILENT_MS ? 'never' : 'silent';
    const ms = this.now() - this.heardAt;
    if (this.hasLeft || ms >= SILENT_MS) return 'silent';
    return ms >= DEGRADED_MS ? 'degraded' : 'live';
  }

  get wasHeard(): boolean {
    return this.heardAt !== undefined;
  }
}
