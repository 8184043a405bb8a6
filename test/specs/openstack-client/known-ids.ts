/** Which id of ours stands for which recorded one. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export class KnownIds {
  private readonly byRecorded = new Map<string, string>();
  private readonly ours = new Set<string>();

  learn(recorded: string, ours: string): void {
    this.byRecorded.set(recorded, ours);
    this.ours.add(ours);
  }

  knows(recorded: string): boolean {
    return this.byRecorded.has(recorded);
  }

  isOurs(id: string): boolean {
    return this.ours.has(id);
  }

  /** The recorded text with our ids. */
  translate(recorded: string): string {
    return recorded.replace(ID, (id) => this.byRecorded.get(id) ?? id);
  }
}
