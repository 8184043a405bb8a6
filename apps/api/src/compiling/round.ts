import type { LogicalSwitchRow } from '@l2gw/contracts';
import type { Position } from '@l2gw/tables';
import type { Mark } from '../database/facts.js';
import { EPOCH_SQL } from '../publishing/epoch.js';
import type { CompilerConnection } from './compiler-connection.js';
import { type ConflictNews, countConflicts, writeConflicts } from './conflict-rows.js';
import { derive } from './derive.js';
import { writeDerived } from './derived-rows.js';
import { MarkQueue, type QueuedList, ROUND, dropList, putMarks, takeApart } from './marks.js';
import { Revisions } from './revisions.js';
import type { WrittenTables } from './table-positions.js';
import { thaw } from './thaw.js';
import { holdVnis } from './vni-holds.js';

export interface RoundResult extends WrittenTables {
  /** There are marks that did not fit into the round. */
  readonly more: boolean;
  /** That were taken. */
  readonly marks: number;
  /** Conflicts between clouds that have begun or ended. */
  readonly conflicts: readonly ConflictNews[];
}

/** Facts that nobody can compile, and what is wrong with them. */
export interface Poison {
  readonly mark: Mark;
  readonly error: unknown;
}

/** Takes marks, derives the rows they name from the facts as they are then, and writes those that changed: one transaction. */
export class Round {
  private readonly queue = new MarkQueue();
  private readonly revisions: Revisions;
  private limit = ROUND;
  /** Of the round that is under way, or was the last. */
  private taken: readonly QueuedList[] = [];

  constructor(
    private readonly db: CompilerConnection,
    private readonly replication: LogicalSwitchRow['replication'],
    private readonly onPoison: (poison: Poison) => void,
  ) {
    this.revisions = new Revisions(db);
  }

  /**
   * Facts that cannot be compiled must not hold up all others: a round that fails because of them is tried with fewer marks, down to
   * the one that is to blame, which alone is reported and left. Every other failure is thrown, with nothing done.
   */
  async run(): Promise<RoundResult> {
    try {
      const result = await this.attempt();
      this.limit = Math.min(ROUND, this.limit * 2);
      return result;
    } catch (error) {
      if (!isOfTheFacts(error)) throw error;
      await this.narrow(error);
      return { deltas: [], more: true, marks: 0, conflicts: [] };
    }
  }

  /** What time alone changes. Answers how many conflicts there are between clouds, by their kind. */
  async look(): ReturnType<typeof countConflicts> {
    await thaw(this.db);
    return countConflicts(this.db);
  }

  async position(): Promise<Position> {
    const [row] = await this.db.query<{ epoch: string; revision: string }>(
      `SELECT (${EPOCH_SQL}) AS epoch, (SELECT coalesce(max(revision), 0) FROM derived_table) AS revision`,
    );
    return { epoch: row?.epoch ?? '', revision: Number(row?.revision ?? 0) };
  }

  private async attempt(): Promise<RoundResult> {
    this.taken = [];
    const { taken, ...done } = await this.db.transaction(async () => {
      const marks = await this.queue.take(this.db, this.limit);
      this.taken = marks.lists;
      if (marks.marks.length === 0) return { taken: marks, deltas: [], more: false, conflicts: [] };
      const derived = await derive(this.db, marks.marks, this.replication);
      const written = await writeDerived(this.db, this.revisions, derived);
      await holdVnis(this.db, written.deltas);
      await putMarks(this.db, derived.again);
      const conflicts = await writeConflicts(this.db, derived.agreements);
      return { taken: marks, ...written, more: derived.again.length > 0, conflicts };
    });
    taken.commit();
    return { ...done, more: done.more || taken.full, marks: taken.marks.length };
  }

  /** Of several lists fewer are tried, a single one is taken apart, and a mark that fails alone is to blame. */
  private async narrow(error: unknown): Promise<void> {
    const [list, ...others] = this.taken;
    const [key, ...otherKeys] = list?.keys ?? [];
    if (list === undefined || key === undefined) throw error;
    if (others.length > 0) this.limit = Math.ceil(this.limit / 8);
    else if (otherKeys.length > 0) await takeApart(this.db, list);
    else {
      this.onPoison({ mark: { table: list.table, key }, error });
      await dropList(this.db, list);
    }
  }
}

/** Our own decoders, and PostgreSQL's classes 22 (data exception) and 23 (integrity constraint violation). */
function isOfTheFacts(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) return true;
  return typeof error === 'object' && error !== null && 'code' in error && /^2[23]...$/.test(String(error.code));
}
