import type { LogicalSwitchRow } from '@l2gw/contracts';
import type { Position, TableDelta } from '@l2gw/tables';
import { EPOCH_SQL } from '../publishing/epoch.js';
import type { CompilerConnection } from './compiler-connection.js';
import { derive } from './derive.js';
import { writeDerived } from './derived-rows.js';
import { MarkQueue } from './marks.js';

export interface RoundResult {
  readonly deltas: readonly TableDelta[];
  /** There are marks that did not fit into the round. */
  readonly more: boolean;
  /** After the round; absent if it changed nothing. */
  readonly position?: Position;
}

/** Takes marks, derives the rows they name from the facts as they are then, and writes those that changed: one transaction. */
export class Round {
  private readonly queue = new MarkQueue();

  constructor(
    private readonly db: CompilerConnection,
    private readonly replication: LogicalSwitchRow['replication'],
  ) {}

  async run(): Promise<RoundResult> {
    const { deltas, taken, position } = await this.db.transaction(async () => {
      const marks = await this.queue.take(this.db);
      if (marks.marks.length === 0) return { deltas: [], taken: marks, position: undefined };
      const written = await writeDerived(this.db, await derive(this.db, marks.marks, this.replication));
      return { deltas: written, taken: marks, position: written.length === 0 ? undefined : await this.position() };
    });
    taken.commit();
    return { deltas, more: taken.full, ...(position === undefined ? {} : { position }) };
  }

  async position(): Promise<Position> {
    const [row] = await this.db.query<{ epoch: string; revision: string }>(
      `SELECT (${EPOCH_SQL}) AS epoch, (SELECT coalesce(max(revision), 0) FROM derived_table) AS revision`,
    );
    return { epoch: row?.epoch ?? '', revision: Number(row?.revision ?? 0) };
  }
}
