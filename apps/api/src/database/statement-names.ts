/** Statements that have a name, at the most: lists with rare filters come and go, and what is asked all day is among the first. */
const MOST = 500;

/** The names under which PostgreSQL keeps prepared statements, the same in all of a program's sessions. */
export class StatementNames {
  private readonly names = new Map<string, string>();
  private generation = 0;

  constructor(private readonly most = MOST) {}

  /** Absent if there are too many already. */
  of(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= this.most) return known;
    const name = `l2gw-${this.generation}-${this.names.size}`;
    this.names.set(text, name);
    return name;
  }

  /** From now on every statement has another name, and so is prepared anew. */
  forget(): void {
    this.names.clear();
    this.generation += 1;
  }
}
