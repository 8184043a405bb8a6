import { type StatusHint, networkTable, switchClientId, switchTable } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { recordsParameter, writeRecords } from '../audit/audit-store.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { Events } from '../events/events.js';
import type { News } from '../events/summaries.js';
import { CompilerCall } from './compiler-call.js';
import { INSERT_LISTS, LANE_OF_SELECTED, insertSelected, laneOf, listParameters, listsOf } from './mark-lists.js';
import { isStalePlan } from './violation.js';

/** A derived row that may have changed. An empty key stands for all rows of the table. */
export interface Mark {
  readonly table: string;
  readonly key: string;
}

export const markMac = (networkId: string, mac: string): Mark => ({
  table: networkTable.table(networkId),
  key: networkTable.macKey(mac),
});
export const markVtep = (networkId: string, vtepIp: string): Mark => ({
  table: networkTable.table(networkId),
  key: networkTable.vtepKey(vtepIp),
});
export const markNetwork = (networkId: string): Mark => ({ table: networkTable.table(networkId), key: '' });
export const markLogicalSwitch = (switchName: string, networkId: string): Mark => ({
  table: switchTable.table(switchClientId(switchName)),
  key: networkId,
});

/** Deadlock and serialisation failure: nothing was done, the same work may be tried again. */
const TRY_AGAIN = new Set(['40P01', '40001']);
const TRIES = 5;

/** SQL that takes the lock of this name, `kind/name` (see `FactsTransaction.lock`). What relies on it belongs into a later statement. */
export function lockOn(name: string, mode: 'shared' | 'exclusive'): string {
  return `pg_advisory_xact_lock${mode === 'shared' ? '_shared' : ''}(hashtextextended(${name}, 4212))`;
}

/** A transaction on the facts. */
export class FactsTransaction {
  private readonly marks: Mark[] = [];
  readonly committed: (() => void)[] = [];
  marked = false;

  constructor(
    readonly db: EntityManager,
    private readonly events: Events,
  ) {}

  /** Notes that derived rows may have changed; written with the facts, in the same transaction. */
  mark(...marks: readonly Mark[]): void {
    for (const mark of marks) this.marks.push(mark);
  }

  /** To be told once the transaction has committed. */
  tell(...news: readonly News[]): void {
    this.afterCommit(() => this.events.tell(...news));
  }

  /** Whoever waits for a status that hangs on this switch is woken once the transaction has committed. */
  wakeStatus(hint: StatusHint): void {
    this.afterCommit(() => this.events.wakeStatus(hint));
  }

  /** Not done if the transaction is rolled back, nor if the process ends in between. */
  afterCommit(work: () => void): void {
    this.committed.push(work);
  }

  /** Marks what a statement selects: `SELECT table_name, key`. */
  async markSelected(select: string, parameters: readonly unknown[]): Promise<void> {
    await this.db.query(
      `WITH marks (table_name, key) AS MATERIALIZED (${select}) ${insertSelected(LANE_OF_SELECTED)}`,
      [...parameters],
    );
    this.marked = true;
  }

  /**
   * Who changes a thing that other facts are compiled with takes it exclusively, who relies on it takes it shared; until the end of
   * the transaction. So nobody can decide what to mark from a state that somebody else is just replacing.
   */
  async lock(kind: 'switch' | 'quota', name: string, mode: 'shared' | 'exclusive'): Promise<void> {
    await this.db.query(`SELECT ${lockOn('$1', mode)}`, [`${kind}/${name}`]);
  }

  async writeMarks(): Promise<void> {
    if (this.marks.length === 0) return;
    await this.db.query(INSERT_LISTS, listParameters(laneOf(this.marks.length), listsOf(this.marks)));
    this.marked = true;
  }
}

type Statement<Row> = (db: EntityManager, audit: (made: unknown) => string) => Promise<readonly Row[]>;

/** Commits facts together with the marks that they make, then calls the compiler. */
@Injectable()
export class Facts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly compiler: CompilerCall,
    private readonly events: Events,
  ) {}

  /** For reading outside of a transaction. */
  get db(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * For a single statement that writes facts with the request's audit record, which `audit(made)` gives as a parameter for
   * `insertAudit`: it is a transaction by itself. It writes nothing at all if it answers nothing.
   */
  async statement<Row>(work: Statement<Row>): Promise<readonly Row[]> {
    const trail = AuditTrail.current();
    const rows = await work(this.dataSource.manager, (made) => recordsParameter(trail?.pending(made) ?? []));
    if (rows.length > 0) trail?.settled();
    return rows;
  }

  /** For a statement that writes marks, too. */
  async markingStatement<Row>(work: Statement<Row>): Promise<readonly Row[]> {
    const rows = await this.statement(work);
    if (rows.length > 0) this.compiler.call();
    return rows;
  }

  /** For what a single statement has committed. */
  tell(...news: readonly News[]): void {
    this.events.tell(...news);
  }

  /** The request's audit record is written in the same transaction, so that neither is ever there without the other. */
  async commit<Result>(work: (tx: FactsTransaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt >= TRIES || !isTryAgain(error)) throw error;
      }
    }
  }

  private async once<Result>(work: (tx: FactsTransaction) => Promise<Result>): Promise<Result> {
    const trail = AuditTrail.current();
    const { tx, result } = await this.dataSource.transaction(async (db) => {
      const transaction = new FactsTransaction(db, this.events);
      const value = await work(transaction);
      await transaction.writeMarks();
      await writeRecords(db, trail?.pending(value) ?? []);
      return { tx: transaction, result: value };
    });
    trail?.settled();
    if (tx.marked) this.compiler.call();
    for (const each of tx.committed) each();
    return result;
  }
}

function isTryAgain(error: unknown): boolean {
  if (isStalePlan(error)) return true;
  return typeof error === 'object' && error !== null && 'code' in error && TRY_AGAIN.has(String(error.code));
}
