import type { Bus } from '@l2gw/bus';
import type { PeerRow, SyncRefreshed } from '@l2gw/contracts';
import { within } from '@l2gw/runtime';
import { TableReader } from '@l2gw/tables';
import type { CloudSubjects } from '../peers/cloud-subjects.js';
import type { StretchGroups } from '../peers/group-stretches.js';
import type { Welcome } from '../peers/hello.js';
import { type Match, resolveMatches } from '../peers/resolve-match.js';
import type { WantedPeer } from '../peers/resolve-neighbours.js';
import type { Session } from '../peers/session.js';
import { FLOOD_KEY, decodeStretchRow } from '../peers/stretch-rows.js';
import type { Hearing } from '../inspect/rib-page.js';
import { Tally, summed } from '../inspect/tally.js';
import { boundOf } from './bound-of.js';
import { type StretchSight, added } from './describe-stretch.js';
import { ImportedGroup } from './imported-group.js';
import { RelayedImports } from './relayed-imports.js';
import { Room } from './room.js';
import type { Ways } from '../ways/ways.js';

/**
 * Life signs tell each second whether anything was lost on the way, so that comparing all tables for no reason can be rare: of 4,000
 * stretches the questions alone are half a megabyte. Of tables of the API this is not so: they are compared as often as others are.
 */
const CHECK_MS: [number, number] = [600_000, 900_000];

/** How long an operator waits for the peer's word, and for what is fetched then. */
const ANSWER_MS = 5000;
const REPAIR_MS = 15_000;

/** All that one peer tells us and passes on: a replica for each stretch, and what of it is accepted. */
export class PeerImports {
  private readonly reader: TableReader;
  private readonly groups = new Map<number, ImportedGroup>();
  private readonly room: Room;
  private readonly relayed: RelayedImports;
  private isLive = false;
  private theirs: readonly number[] | undefined;

  constructor(
    private readonly session: Session,
    private readonly subjects: CloudSubjects,
    bus: Bus,
    peer: PeerRow,
  ) {
    this.room = new Room(peer.limits, () => queueMicrotask(() => this.roomMade()));
    this.reader = new TableReader({
      bus,
      root: subjects.peerRoot,
      client: subjects.own,
      writer: subjects.own,
      timeoutMs: 1000,
      checkMs: CHECK_MS,
      settleMs: 200,
      onProblem: (error) => session.log.debug('peer-table', { peer: subjects.peer, error }),
    });
    this.relayed = new RelayedImports(subjects, this.reader, session.ways);
  }

  start(): void {
    this.reader.start();
  }

  /** What was accepted stays at the API. */
  stop(): void {
    for (const group of this.groups.values()) group.stop();
    this.groups.clear();
    this.relayed.stop();
    this.reader.stop();
  }

  become(peer: PeerRow, { groups }: StretchGroups, others: readonly WantedPeer[]): void {
    if (peer.limits !== this.room.limits) this.ask();
    this.room.limits = peer.limits;
    for (const segId of [...this.groups.keys()]) if (!groups.has(segId)) this.leave(segId);
    for (const [segId, group] of groups) this.follow(segId).become(peer, group);
    this.match();
    this.relayed.become(others);
  }

  /** The peer has said all that it shares with us and passes on: what it no longer does, it has taken back. */
  shared({ stretches, relayed }: Pick<Welcome, 'stretches' | 'relayed'>): void {
    this.theirs = stretches.map(({ segId }) => segId);
    this.match();
    this.relayed.offers(relayed);
    if ([...this.groups.values()].some(({ isShared, rows }) => isShared && !rows.complete)) this.ask();
  }

  /** The peer was not heard for a while, writes anew, or has said something that has not come: that is asked for at once. */
  ask(): void {
    void this.reader.askAll();
  }

  /** The peer has come to this position; that it has is told by its life signs. Whatever was lost on the way is asked for. */
  reached(revision: number): void {
    const complete = [...this.groups.values()].filter(({ rows }) => rows.complete);
    const own = complete.map(({ rows }) => Math.max(rows.asOf, rows.revision));
    const known = [...own, ...this.relayed.positions()];
    if (known.length > 0 && Math.max(...known) < revision) this.ask();
  }

  /** Everything that was accepted goes. */
  end(): void {
    for (const group of this.groups.values()) group.end();
    this.relayed.end();
  }

  resume(): void {
    for (const group of this.groups.values()) if (group.isShared) group.resume();
    this.relayed.resume();
  }

  /** Whether the peer is heard. */
  lives(isLive: boolean): void {
    this.isLive = isLive;
    for (const group of this.groups.values()) group.lives(isLive);
    this.relayed.lives(isLive);
  }

  sights(): readonly Omit<StretchSight, 'life' | 'disbelieved'>[] {
    const relayed = this.relayed.refusals();
    return [...this.groups].flatMap(([segId, group]) => {
      const lost = relayed.get(segId);
      if (lost === undefined) return group.sights();
      return group.sights().map((sight) => ({ ...sight, refused: added([sight.refused, lost]) }));
    });
  }

  hearings(): readonly Hearing[] {
    return [...this.groups.values()].flatMap((group) => group.hearings());
  }

  /** Compares everything with the peer, and fetches what differs. */
  async refresh(): Promise<SyncRefreshed> {
    const compared = [...this.groups.values()].filter(({ isShared }) => isShared);
    const tallies = compared.map((group) => new Tally(group));
    try {
      const answered = await within(ANSWER_MS, this.reader.askAll());
      const settled = answered && (await within(REPAIR_MS, this.reader.settled()));
      return { answered, settled, ...summed(tallies) };
    } finally {
      for (const tally of tallies) tally.stop();
    }
  }

  private follow(segId: number): ImportedGroup {
    const known = this.groups.get(segId);
    if (known !== undefined) return known;
    const bound = boundOf(this.room, () => this.groups.get(segId));
    const how = { bound, early: [FLOOD_KEY] };
    const rows = this.reader.follow(this.subjects.peerTable(segId), decodeStretchRow, how);
    const { peer } = this.subjects;
    const waysOf = (connection: string): Ways => this.session.ways.of(peer, connection);
    const group = new ImportedGroup(rows, this.room, { name: peer, path: [peer], waysOf });
    group.lives(this.isLive);
    rows.onChange(() => queueMicrotask(() => this.roomMade()));
    this.groups.set(segId, group);
    return group;
  }

  private leave(segId: number): void {
    this.groups.get(segId)?.leave();
    this.groups.delete(segId);
    this.reader.unfollow(this.subjects.peerTable(segId));
  }

  /** After those who listen have taken or given back their room. */
  private roomMade(): void {
    if (!this.room.isShort) return;
    this.room.isShort = false;
    for (const group of this.groups.values()) group.roomMade();
  }

  private match(): void {
    if (this.theirs === undefined) return;
    const matches: ReadonlyMap<number, Match> = resolveMatches([...this.groups.keys()], this.theirs);
    for (const [segId, group] of this.groups) group.matched(matches.get(segId) ?? { kind: 'unmatched' });
  }
}
