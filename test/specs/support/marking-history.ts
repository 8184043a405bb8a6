/** Transactions that mark side by side while rounds take their marks, and what must have been taken when all is over. */
import fc from 'fast-check';
import type { Client } from 'pg';
import type { CompilerConnection } from '../../../apps/api/src/compiling/compiler-connection.js';
import { MarkQueue } from '../../../apps/api/src/compiling/marks.js';
import { INSERT_LISTS, LIST, laneOf, listParameters, listsOf } from '../../../apps/api/src/database/mark-lists.js';

/** Sessions that mark. */
export const MARKERS = 3;

export type MarkingHappening =
  | { readonly what: 'mark'; readonly by: number; readonly count: number }
  | { readonly what: 'COMMIT' | 'ROLLBACK'; readonly by: number }
  | { readonly what: 'round' | 'failing round'; readonly limit: number };

const by = fc.nat(MARKERS - 1);
const limit = fc.constantFrom(1, 7, 60, 200, 1000);

export const markingStory: fc.Arbitrary<MarkingHappening[]> = fc.array(
  fc.oneof<fc.WeightedArbitrary<MarkingHappening>[]>(
    {
      weight: 5,
      arbitrary: fc.record({ what: fc.constant('mark'), by, count: fc.integer({ min: 1, max: 150 }) }),
    },
    { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('COMMIT', 'ROLLBACK'), by }) },
    { weight: 4, arbitrary: fc.record({ what: fc.constantFrom('round', 'failing round'), limit }) },
  ),
  { maxLength: 30 },
);

export class MarkingHistory {
  private readonly queue = new MarkQueue();
  /** Keys of transactions that are under way, by who marks. */
  private readonly open = new Map<number, readonly string[]>();
  private readonly committed: string[] = [];
  private readonly taken: string[] = [];
  private marked = 0;

  constructor(
    private readonly compiler: CompilerConnection,
    private readonly sessions: readonly Client[],
  ) {}

  async happens(happening: MarkingHappening): Promise<void> {
    if (happening.what === 'mark') await this.mark(happening.by, happening.count);
    else if ('by' in happening) await this.end(happening.by, happening.what);
    else if (happening.what === 'round') await this.round(happening.limit);
    else await this.failingRound(happening.limit);
  }

  /** Everything that was committed was taken, and nothing else was; nothing twice. */
  async expectToEnd(): Promise<void> {
    for (const each of [...this.open.keys()]) await this.end(each, 'COMMIT');
    while (await this.round(200));
    expect(this.taken.sort()).toEqual(this.committed.sort());
  }

  private async mark(who: number, count: number): Promise<void> {
    const keys = Array.from({ length: count }, (_, n) => `key/${this.marked + n}`);
    this.marked += count;
    if (!this.open.has(who)) await this.sessions[who]?.query('BEGIN');
    this.open.set(who, [...(this.open.get(who) ?? []), ...keys]);
    const lists = listsOf(keys.map((key) => ({ table: 'table', key })));
    await this.sessions[who]?.query(INSERT_LISTS, listParameters(laneOf(count), lists));
  }

  private async end(who: number, how: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    const keys = this.open.get(who);
    if (keys === undefined) return;
    await this.sessions[who]?.query(how);
    if (how === 'COMMIT') this.committed.push(...keys);
    this.open.delete(who);
  }

  /** Whether there may be more. */
  private async round(most: number): Promise<boolean> {
    const taken = await this.compiler.transaction(() => this.queue.take(this.compiler, most));
    taken.commit();
    expect(taken.marks.length).toBeLessThan(most + LIST);
    this.taken.push(...taken.marks.map((mark) => mark.key));
    return taken.full;
  }

  private async failingRound(most: number): Promise<void> {
    const round = this.compiler.transaction(async () => {
      await this.queue.take(this.compiler, most);
      throw new Error('as wanted');
    });
    await expect(round).rejects.toThrow('as wanted');
  }
}
