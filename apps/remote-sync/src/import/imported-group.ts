import type { PeerRow, StretchRow } from '@l2gw/contracts';
import type { Match } from '../peers/resolve-match.js';
import type { StretchTableRow } from '../peers/stretch-rows.js';
import type { HeardRows } from '../tables/prepared-rows.js';
import type { Way } from '../ways/way.js';
import type { Ways } from '../ways/ways.js';
import type { Hearing } from '../inspect/rib-page.js';
import type { StretchSight } from './describe-stretch.js';
import type { Room } from './room.js';
import { StretchImport } from './stretch-import.js';

interface Imported {
  readonly stretch: StretchRow;
  readonly import: StretchImport;
  readonly way: Way;
  /** All by which its cloud is heard. */
  readonly ways: Ways;
}

/** How what comes in comes in. */
export interface Entrance {
  /** The cloud that tells us, and the path on which it has heard, if nothing else is said. */
  readonly name: string;
  readonly path: readonly string[];
  readonly waysOf: (connection: string) => Ways;
}

/** What comes in by one number: usually for one connection, for several if a network is shared with the peer in several ways. */
export class ImportedGroup {
  private readonly imports = new Map<string, Imported>();
  private match: Match | undefined;
  private isWithdrawn = false;
  private isLive = false;
  private path: readonly string[];

  constructor(
    readonly rows: HeardRows<StretchTableRow>,
    private readonly room: Room,
    private readonly entrance: Entrance,
  ) {
    this.path = entrance.path;
  }

  /** False if the peer has said that it does not share it. */
  get isShared(): boolean {
    return this.match === undefined || this.match.kind === 'matched';
  }

  /** It is known what was accepted before. */
  get isRecalled(): boolean {
    return [...this.imports.values()].every(({ way }) => way.memory !== undefined);
  }

  keeps(key: string): boolean {
    return [...this.imports.values()].some((each) => each.import.keeps(key));
  }

  become(peer: PeerRow, stretches: readonly StretchRow[]): void {
    const wanted = new Map(stretches.map((stretch) => [stretch.connection, stretch]));
    for (const { stretch } of [...this.imports.values()]) if (!wanted.has(stretch.connection)) this.drop(stretch);
    for (const stretch of stretches) this.put(peer, stretch);
  }

  /** Whether all on the way to there hear each other. */
  lives(isLive: boolean, path: readonly string[] = this.path): void {
    this.isLive = isLive;
    this.path = path;
    for (const { way } of this.imports.values()) way.lives(isLive, path);
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
    return [...this.imports.values()].map(({ stretch, way, ways, import: { accepted, refusals, theirFlood } }) => ({
      stretch,
      ...detourOf(way, ways),
      ...(match === undefined ? {} : { match }),
      isWithdrawn,
      isComplete: rows.complete,
      isConfirmed: rows.confirmed,
      isDiverging: rows.diverging,
      isPartial: rows.partial,
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
    if (known === undefined) return this.begin(peer, stretch);
    known.import.become({ peer, stretch });
    this.imports.set(stretch.connection, { ...known, stretch });
  }

  private begin(peer: PeerRow, stretch: StretchRow): void {
    const { name, waysOf } = this.entrance;
    const ways = waysOf(stretch.connection);
    const way = ways.enter(name, this.rows);
    way.lives(this.isLive, this.path);
    const made = new StretchImport({ peer, stretch }, this.rows, way, this.room);
    if (this.isWithdrawn || !this.isShared) made.end();
    this.imports.set(stretch.connection, { stretch, import: made, way, ways });
  }

  private drop(stretch: StretchRow): void {
    this.imports.get(stretch.connection)?.import.stop();
    this.imports.delete(stretch.connection);
  }

  private endAll(): void {
    for (const each of this.imports.values()) each.import.end();
  }
}

/** By whom else the cloud is heard, if that counts. */
function detourOf(way: Way, { chosen }: Ways): Pick<StretchSight, 'detour'> {
  if (chosen === undefined || chosen === way || chosen.isOver) return {};
  return { detour: { by: chosen.name, isLive: chosen.isLive, accepted: chosen.rows.size } };
}
