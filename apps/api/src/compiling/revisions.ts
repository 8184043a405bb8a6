import type { CompilerConnection } from './compiler-connection.js';

const BLOCK = 10_000;

/**
 * Numbers of changes, each greater than all before. Whoever holds the compiler's lock is the only one who takes any, so it reserves many
 * at once; those that are left when it ends are never used.
 */
export class Revisions {
  private next = 1;
  private last = 0;

  constructor(private readonly db: CompilerConnection) {}

  /** The first of so many in a row. */
  async take(count: number): Promise<number> {
    if (count > this.last - this.next + 1) await this.reserve(Math.max(count, BLOCK));
    const first = this.next;
    this.next += count;
    return first;
  }

  private async reserve(count: number): Promise<void> {
    const [reserved] = await this.db.query<{ last: string }>(RESERVE, [count]);
    this.last = Number(reserved?.last);
    this.next = this.last - count + 1;
  }
}

const RESERVE = "SELECT setval('revision_sequence', nextval('revision_sequence') + $1::bigint - 1) AS last";
