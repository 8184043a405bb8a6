/** A copy of the selected part of a database, kept current by a monitor. */

import type { Unsubscribe } from './emitter.js';
import { Emitter } from './emitter.js';
import { ProtocolError } from './errors.js';
import type { Json } from './json.js';
import type { Uuid } from './notation.js';
import type { RowCodec, RowCodecs } from './row-codec.js';
import type { UpdateNotation } from './table-updates.js';
import { visitInPortions, visitUpdates } from './table-updates.js';
import { turn } from './turn.js';
import type { Row } from './value.js';
import { sameRow } from './value.js';

export interface RowChange {
  readonly table: string;
  readonly uuid: Uuid;
  /** Absent when the row is new. */
  readonly before?: Row | undefined;
  /** Absent when the row is gone. */
  readonly after?: Row | undefined;
}

/** What one update message, or one full dump, changed. Rows that are as before are not in it. */
export interface ChangeSet {
  readonly cause: 'snapshot' | 'update';
  readonly changes: readonly RowChange[];
}

export type Table = ReadonlyMap<Uuid, Row>;

/** For readers. A table must be asked for again after a snapshot; the rows themselves never change in place. */
export interface Replica {
  /** False while there is no session: the content is then what was last known. */
  readonly live: boolean;
  /** Empty if the table is not selected or the server does not have it. */
  table(name: string): Table;
  /** Called within the arrival of the message, before any reply that the server sent after it. */
  onChange(listener: (changes: ChangeSet) => void): Unsubscribe;
}

const EMPTY: Table = new Map();

/** For the keeper of the connection. */
export class ReplicaStore implements Replica {
  live = false;
  private tables = new Map<string, Map<Uuid, Row>>();
  private codecs: RowCodecs = new Map();
  private readonly changed = new Emitter<ChangeSet>();

  table(name: string): Table {
    return this.tables.get(name) ?? EMPTY;
  }

  onChange(listener: (changes: ChangeSet) => void): Unsubscribe {
    return this.changed.on(listener);
  }

  /** Replaces everything by a full dump; a row that is as before stays the same object. Throws ProtocolError, NotationError. */
  load(codecs: RowCodecs, notation: UpdateNotation, dump: Json): void {
    const loading = this.loading(codecs, notation, dump);
    while (loading.next().done !== true);
  }

  /** The same, with turns for others in between; until it resolves the content is what it was. Rejects as `load` throws. */
  async loadInTurns(codecs: RowCodecs, notation: UpdateNotation, dump: Json): Promise<void> {
    for (const loading = this.loading(codecs, notation, dump); loading.next().done !== true;) await turn();
  }

  private *loading(codecs: RowCodecs, notation: UpdateNotation, dump: Json): Generator<undefined, void> {
    const { tables, changes } = yield* readDump(this.tables, codecs, notation, dump);
    this.codecs = codecs;
    this.tables = tables;
    this.tell('snapshot', changes);
  }

  /** Throws ProtocolError or NotationError; the content is then not to be trusted, a full dump is due. */
  apply(notation: UpdateNotation, updates: Json): void {
    const changes: RowChange[] = [];
    const set = (table: string, uuid: Uuid, after: Row) => {
      const rows = this.rows(table);
      const before = rows.get(uuid);
      if (before !== undefined && sameRow(before, after)) return;
      rows.set(uuid, after);
      changes.push({ table, uuid, before, after });
    };
    visitUpdates(notation, updates, {
      put: (table, uuid, row) => set(table, uuid, codecOf(this.codecs, table).read(row)),
      change: (table, uuid, difference) => set(table, uuid, this.changedRow(table, uuid, difference)),
      remove: (table, uuid) => {
        const before = this.rows(table).get(uuid);
        if (this.rows(table).delete(uuid)) changes.push({ table, uuid, before, after: undefined });
      },
    });
    this.tell('update', changes);
  }

  private changedRow(table: string, uuid: Uuid, difference: Parameters<RowCodec['change']>[1]): Row {
    const before = this.rows(table).get(uuid);
    if (before === undefined) throw new ProtocolError(`a change of row ${uuid} of ${table}, which was never announced`);
    return codecOf(this.codecs, table).change(before, difference);
  }

  private rows(table: string): Map<Uuid, Row> {
    const rows = this.tables.get(table);
    if (rows === undefined) throw new ProtocolError(`an update of table ${table}, which is not monitored`);
    return rows;
  }

  private tell(cause: ChangeSet['cause'], changes: readonly RowChange[]): void {
    if (changes.length > 0) this.changed.emit({ cause, changes });
  }
}

/** Rows of a dump that are taken in at a time. */
const PORTION = 2000;

type Tables = Map<string, Map<Uuid, Row>>;

interface Dump {
  readonly tables: Tables;
  readonly changes: readonly RowChange[];
}

/** The tables of a dump and what differs from `old`. Every selected table exists afterwards, even if it is empty. */
function* readDump(old: Tables, codecs: RowCodecs, notation: UpdateNotation, dump: Json): Generator<undefined, Dump> {
  const tables: Tables = new Map([...codecs.keys()].map((name) => [name, new Map<Uuid, Row>()]));
  const changes: RowChange[] = [];
  const put = (table: string, uuid: Uuid, wire: Parameters<RowCodec['read']>[0]) => {
    const before = old.get(table)?.get(uuid);
    const after = codecOf(codecs, table).read(wire);
    const same = before !== undefined && sameRow(before, after);
    tables.get(table)?.set(uuid, same ? before : after);
    if (!same) changes.push({ table, uuid, before, after });
  };
  const misplaced = (table: string, uuid: Uuid) => {
    throw new ProtocolError(`a dump that changes or deletes row ${uuid} of ${table}`);
  };
  yield* visitInPortions(notation, dump, { put, change: misplaced, remove: misplaced }, PORTION);
  return { tables, changes: [...gone(old, tables), ...changes] };
}

function* gone(old: Tables, now: Tables): Generator<RowChange> {
  for (const [table, rows] of old) {
    const present = now.get(table);
    for (const [uuid, before] of rows) if (present?.has(uuid) !== true) yield { table, uuid, before, after: undefined };
  }
}

function codecOf(codecs: RowCodecs, table: string): RowCodec {
  const codec = codecs.get(table);
  if (codec === undefined) throw new ProtocolError(`an update of table ${table}, which is not monitored`);
  return codec;
}
