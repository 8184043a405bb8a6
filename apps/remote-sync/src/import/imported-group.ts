import type { PeerRow, StretchRow } from '@l2gw/contracts';
import type { Replica } from '@l2gw/tables';
import type { Match } from '../peers/resolve-match.js';
import type { StretchTableRow } from '../peers/stretch-rows.js';
import type { PushedTable } from '../tables/pushes.js';
import type { Hearing } from '../inspect/rib-page.js';
import type { StretchSight } from './describe-stretch.js';
import type { Room } from './room.js';
import { StretchImport } from './stretch-import.js';

interface Imported {
  readonly stretch: StretchRow;
  readonly import: StretchImport;
}

/** What comes in by one number: usually for one connection, for several if a network is shared with the peer in several ways. */
export class ImportedGroup {
  private readonly imports = new Map<string, Imported>();
  private match: Match | undefined;
  private isWithdrawn = false;

  constructor(
    readonly rows: Replica<StretchTableRow>,
    private readonly room: Room,
    private readonly target: (connection: string) => PushedTable,
  ) {}

  /** False if the peer has said that it does not share it. */
  get isShared(): boolean {
    return this.match === undefined || this.match.kind === 'matched';
  }

  become(peer: PeerRow, stretches: readonly StretchRow[]): void {
    const wanted = new Map(stretches.map((stretch) => [stretch.connection, stretch]));
    for (const { stretch } of [...this.imports.values()]) if (!wanted.has(stretch.connection)) this.drop(stretch);
    for (const stretch of stretches) this.put(peer, stretch);
  }

  matched(match: Match): void {
    const wasShared = this.isShared;
    this.match = match;
    if (!this.isShared) this.endAll();
    else if (!wasShared) this.resume();
  }

  end(): void {
    this.isWithdrawn = true;
    this.endAll();
  }

  resume(): void {
    this.isWithdrawn = false;
    for (const each of this.imports.values()) each.import.resume();
  }

  roomMade(): void {
    for (const each of this.imports.values()) each.import.roomMade();
  }

  /** None of the connections is there any more. */
  leave(): void {
    for (const { stretch } of [...this.imports.values()]) this.drop(stretch);
  }

  stop(): void {
    for (const each of this.imports.values()) each.import.stop();
  }

  sights(): readonly Omit<StretchSight, 'life' | 'disbelieved'>[] {
    const { rows, match, isWithdrawn } = this;
    return [...this.imports.values()].map(({ stretch, import: { accepted, refusals, theirFlood } }) => ({
      stretch,
      ...(match === undefined ? {} : { match }),
      isWithdrawn,
      isComplete: rows.complete,
      isConfirmed: rows.confirmed,
      isDiverging: rows.diverging,
      accepted,
      refused: refusals,
      ...(theirFlood === undefined ? {} : { theirFlood }),
    }));
  }

  /** What is said in each of the connections. */
  hearings(): readonly Hearing[] {
    return [...this.imports.values()].map(({ stretch: { connection, network }, import: heard }) => ({
      connection,
      network,
      names: () => heard.names(),
      sayingOf: (name) => heard.sayingOf(name),
    }));
  }

  private put(peer: PeerRow, stretch: StretchRow): void {
    const known = this.imports.get(stretch.connection);
    known?.import.become({ peer, stretch });
    const made = known?.import ?? this.begin(peer, stretch);
    this.imports.set(stretch.connection, { stretch, import: made });
  }

  private begin(peer: PeerRow, stretch: StretchRow): StretchImport {
    const made = new StretchImport({ peer, stretch }, this.rows, this.target(stretch.connection), this.room);
    if (this.isWithdrawn || !this.isShared) made.end();
    return made;
  }

  private drop(stretch: StretchRow): void {
    this.imports.get(stretch.connection)?.import.stop();
    this.imports.delete(stretch.connection);
  }

  private endAll(): void {
    for (const each of this.imports.values()) each.import.end();
  }
}
