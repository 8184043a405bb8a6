/** Lets at most so many through at a time; the others are told at once, nobody queues. */
export class Gate {
  private inside = 0;

  constructor(private readonly most: number) {}

  /** Undefined if the gate is full. */
  async run<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.inside >= this.most) return undefined;
    this.inside += 1;
    try {
      return await work();
    } finally {
      this.inside -= 1;
    }
  }
}
