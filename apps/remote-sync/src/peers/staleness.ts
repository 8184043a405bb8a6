/** What becomes due for what a silent peer has said. `staleSeconds`: 0: at once; −1: never. */
export class Staleness {
  private since: number | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** True if what the peer has said is to go now. To be called now and then. */
  look(isSilent: boolean, staleSeconds: number): boolean {
    if (!isSilent) this.since = undefined;
    else this.since ??= this.now();
    return this.since !== undefined && staleSeconds >= 0 && this.now() - this.since >= staleSeconds * 1000;
  }
}
