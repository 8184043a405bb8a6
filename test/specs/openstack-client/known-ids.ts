/** Which id of ours stands for which recorded one. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export class KnownIds {
  private readonly ours = new Map<string, string>();

  learn(recorded: string, ours: string): void {
    this.ours.set(recorded, ours);
  }

  /** Pairs the ids of two texts in the order in which they stand there; what is known already stays. */
  learnFrom(recorded: string, ours: string): void {
    const [theirs, own] = [recorded.match(ID) ?? [], ours.match(ID) ?? []];
    if (theirs.length !== own.length) return;
    theirs.forEach((id, index) => {
      if (!this.ours.has(id)) this.learn(id, own[index] ?? id);
    });
  }

  knows(recorded: string): boolean {
    return this.ours.has(recorded);
  }

  /** The recorded text with our ids. */
  translate(recorded: string): string {
    return recorded.replace(ID, (id) => this.ours.get(id) ?? id);
  }
}
