import type { PeerLimits, SyncRefusal } from '@l2gw/contracts';
import type { TableReader } from '@l2gw/tables';
import type { CloudSubjects } from '../peers/cloud-subjects.js';
import type { RelayedStretch } from '../peers/hello.js';
import type { WantedPeer } from '../peers/resolve-neighbours.js';
import { decodeRelayedRow } from '../peers/stretch-rows.js';
import type { WayBook } from '../ways/way-book.js';
import type { Ways } from '../ways/ways.js';
import type { Refusals } from './acceptance.js';
import { boundOf } from './bound-of.js';
import { added } from './describe-stretch.js';
import { judgePath } from './judge-path.js';
import { RelayedGroup } from './relayed-group.js';
import { Room } from './room.js';

/** What one peer passes on of third clouds: of those that we know as peers, of networks that we share with them by the same number. */
export class RelayedImports {
  private readonly groups = new Map<string, RelayedGroup>();
  private readonly rooms = new Map<string, Room>();
  /** Those that are known, with what is shared by the number. */
  private readonly origins = new Map<string, WantedPeer>();
  private offered: readonly RelayedStretch[] = [];
  private isLive = false;

  constructor(
    private readonly subjects: CloudSubjects,
    private readonly reader: TableReader,
    private readonly ways: WayBook,
  ) {}

  become(others: readonly WantedPeer[]): void {
    this.origins.clear();
    for (const { peer, stretches } of others) {
      for (const stretch of stretches) {
        const key = keyOf({ origin: peer.cloud, segId: stretch.segId });
        this.origins.set(key, { peer, stretches: [...(this.origins.get(key)?.stretches ?? []), stretch] });
      }
    }
    this.look();
  }

  /** The peer has said all that it passes on. */
  offers(offered: readonly RelayedStretch[]): void {
    this.offered = offered;
    this.look();
  }

  /** Whether the peer is heard. */
  lives(isLive: boolean): void {
    this.isLive = isLive;
    this.look();
  }

  /** How far what is known whole has come, for each. */
  positions(): readonly number[] {
    const complete = [...this.groups.values()].filter(({ rows }) => rows.complete);
    return complete.map(({ rows }) => Math.max(rows.asOf, rows.revision));
  }

  /** Of what is passed on, by its number. */
  refusals(): ReadonlyMap<number, Refusals> {
    const sums = new Map<number, Refusals>();
    const add = (segId: number, refused: Refusals): void =>
      void sums.set(segId, added([sums.get(segId) ?? {}, refused]));
    for (const each of this.offered) {
      const problem = this.problemOf(each);
      if (problem !== undefined) add(each.segId, { [problem]: each.rows });
    }
    for (const group of this.groups.values()) add(group.segId, group.refusals);
    return sums;
  }

  end(): void {
    for (const group of this.groups.values()) group.end();
  }

  resume(): void {
    for (const group of this.groups.values()) group.resume();
  }

  stop(): void {
    for (const group of this.groups.values()) group.stop();
    this.groups.clear();
  }

  private look(): void {
    const wanted = new Map(
      this.offered.flatMap((each) => (this.problemOf(each) === undefined ? [[keyOf(each), each] as const] : [])),
    );
    for (const [key, group] of [...this.groups]) if (!wanted.has(key)) this.leave(key, group);
    for (const [key, each] of wanted) this.put(key, each);
  }

  /** Why nothing of it can be used: we do not know the cloud, share nothing with it by this number, or are on the way ourselves. */
  private problemOf({ origin, segId, path }: RelayedStretch): SyncRefusal | undefined {
    const { own, peer } = this.subjects;
    const isKnown = this.origins.has(keyOf({ origin, segId }));
    const problem = path.length === 0 ? undefined : judgePath(path, { own, origin, peer });
    return origin === own ? 'loop' : (problem ?? (isKnown ? undefined : 'unmapped'));
  }

  private put(key: string, each: RelayedStretch): void {
    const origin = this.origins.get(key);
    if (origin === undefined) return;
    const { limits } = origin.peer;
    const room = this.rooms.get(each.origin) ?? this.newRoom(limits);
    room.limits = limits;
    this.rooms.set(each.origin, room);
    const group = this.groups.get(key) ?? this.begin(each, room);
    this.groups.set(key, group);
    group.become(origin, { ...each, live: each.live && this.isLive });
  }

  private newRoom(limits: PeerLimits): Room {
    const room: Room = new Room(limits, () => queueMicrotask(() => this.roomMade(room)));
    return room;
  }

  private begin({ origin, segId }: RelayedStretch, room: Room): RelayedGroup {
    const { own, peer } = this.subjects;
    const bound = boundOf(room, () => this.groups.get(keyOf({ origin, segId })));
    const rows = this.reader.follow(this.subjects.peerRelay(origin, segId), decodeRelayedRow, { bound });
    rows.onChange(() => queueMicrotask(() => this.roomMade(room)));
    const waysOf = (connection: string): Ways => this.ways.of(origin, connection);
    return new RelayedGroup(rows, { own, origin, peer, segId }, room, waysOf);
  }

  private roomMade(room: Room): void {
    if (!room.isShort) return;
    room.isShort = false;
    for (const group of this.groups.values()) group.roomMade();
  }

  /** It is passed on no more: what has come goes, unless there is another way. */
  private leave(key: string, group: RelayedGroup): void {
    const [origin = '', segId] = key.split(' ');
    group.end();
    group.stop();
    this.groups.delete(key);
    this.reader.unfollow(this.subjects.peerRelay(origin, Number(segId)));
  }
}

function keyOf({ origin, segId }: Pick<RelayedStretch, 'origin' | 'segId'>): string {
  return `${origin} ${segId}`;
}
