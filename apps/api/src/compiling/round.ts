import type { LogicalSwitchRow } from '@l2gw/contracts';
import type { Position } from '@l2gw/tables';
import type { Mark } from '../database/facts.js';
import { EPOCH_SQL } from '../publishing/epoch.js';
import type { CompilerConnection } from './compiler-connection.js';
import { type ConflictNews, countConflicts, writeConflicts } from './conflict-rows.js';
import { NOTHING_DERIVED, type RoundDerivation } from './derivation.js';
import { derive } from './derive.js';
import { writeDerived } from './derived-rows.js';
import { MarkQueue, ROUND, putMarks } from './marks.js';
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
  private limit = ROUND;

  constructor(
    private readonly db: CompilerConnection,
    private readonly replication: LogicalSwitchRow['replication'],
    private readonly onPoison: (poison: Poison) => void,
  ) {}

  /**
   * Facts that cannot be compiled must not hold up all others: a round that fails because of them is tried with fewer marks, down to
   * the one that is to blame, which is reported and left. Every other failure is thrown, with nothing done.
   */
  async run(): Promise<RoundResult> {
    try {
      const result = await this.attempt((marks) => derive(this.db, marks, this.replication));
      this.limit = Math.min(ROUND, this.limit * 2);
      return result;
    } catch (error) {
      if (!isOfTheFacts(error)) throw error;
      if (this.limit === 1) await this.leaveOne(error);
      this.limit = Math.ceil(this.limit / 8);
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

  private async attempt(derivation: (marks: readonly Mark[]) => Promise<RoundDerivation>): Promise<RoundResult> {
    const { taken, ...done } = await this.db.transaction(async () => {
      const marks = await this.queue.take(this.db, this.limit);
      if (marks.marks.length === 0) return { taken: marks, deltas: [], more: false, conflicts: [] };
      const derived = await derivation(marks.marks);
      const written = await writeDerived(this.db, derived);
      await holdVnis(this.db, written.deltas);
      await putMarks(this.db, derived.again);
      const conflicts = await writeConflicts(this.db, derived.agreements);
      return { taken: marks, ...written, more: derived.again.length > 0, conflicts };
    });
    taken.commit();
    return { ...done, more: done.more || taken.full, marks: taken.marks.length };
  }

  private async leaveOne(error: unknown): Promise<void> {
    await this.attempt(async (marks) => {
      for (const mark of marks) this.onPoison({ mark, error });
      return NOTHING_DERIVED;
    });
  }
}

/** Our own decoders, and PostgreSQL's classes 22 (data exception) and 23 (integrity constraint violation). */
function isOfTheFacts(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError) return true;
  return typeof error === 'object' && error !== null && 'code' in error && /^2[23]...$/.test(String(error.code));
}
