import type { Bus } from '@l2gw/bus';
import type { PeerRow, StretchRow } from '@l2gw/contracts';
import { MemoryTables, type RowOp, TablePublisher, TableServer } from '@l2gw/tables';
import { randomUUID } from 'node:crypto';
import type { CloudSubjects } from '../peers/cloud-subjects.js';
import type { RelayedStretch, SharedStretch } from '../peers/hello.js';
import type { WantedPeer } from '../peers/resolve-neighbours.js';
import { type Session, queueOf } from '../peers/session.js';
import type { StretchGroups } from '../peers/group-stretches.js';
import { type ToldMac, encodeFlood, vtepsOf } from '../peers/stretch-rows.js';
import { type Preparation, PreparedRows } from '../tables/prepared-rows.js';
import { isSame } from './is-same.js';
import { Relays } from './relays.js';
import { selectExported } from './select-exported.js';
import { StretchExport } from './stretch-export.js';
import { vouchFor } from './vouch-for.js';

interface Shared {
  readonly peer: PeerRow;
  readonly group: readonly StretchRow[];
  readonly network: string;
  readonly rows: PreparedRows<ToldMac>;
  readonly told: StretchExport;
}

/** All that one peer is told: a table for each stretch, what is passed on to it, and the answers to its questions. */
export class PeerExports {
  private readonly memory: MemoryTables;
  private readonly publisher: TablePublisher;
  private readonly server: TableServer;
  private readonly shared = new Map<number, Shared>();
  private readonly relays: Relays;
  /** Whether the peer passes on what it is told; undefined: it has not said yet. */
  private isTransit: boolean | undefined;

  /** `onTurn`: what is passed on is to be listed anew. */
  constructor(
    private readonly session: Session,
    private readonly subjects: CloudSubjects,
    bus: Bus,
    onTurn: () => void,
  ) {
    const { own, peer, ownRoot: root } = subjects;
    const instance = `${own}-${session.epoch}-${randomUUID().slice(0, 8)}`;
    this.memory = new MemoryTables({ epoch: instance });
    this.publisher = new TablePublisher({ bus, root, writer: peer, instance, position: () => this.memory.now() });
    const onProblem = (error: unknown): void => session.log.debug('peer-asks', { peer, error });
    this.server = new TableServer({ bus, root, client: peer, queue: queueOf(session), source: this.memory, onProblem });
    this.relays = new Relays(subjects, session.ways, (name) => this.tableOf(name), onTurn);
  }

  start(): void {
    this.server.start();
    this.publisher.start();
  }

  stop(): void {
    this.server.stop();
    this.publisher.stop();
    this.relays.stop();
    for (const each of this.shared.values()) this.leave(each);
    this.shared.clear();
  }

  /** What the peer may be told, and of what. */
  become(peer: PeerRow, stretches: StretchGroups, others: readonly WantedPeer[]): void {
    const { groups } = stretches;
    for (const [segId, { network }] of [...this.shared]) {
      if (groups.get(segId)?.[0]?.network !== network) this.unshare(segId);
    }
    for (const [segId, group] of groups) this.share(segId, group, peer);
    this.relays.become(peer, stretches, others);
  }

  /** The peer has said whether it passes on what it is told; before that it is told nothing. */
  greeted(isTransit: boolean): void {
    if (isTransit === this.isTransit) return;
    this.isTransit = isTransit;
    for (const [segId, { rows }] of this.shared) rows.become(this.preparation(segId));
  }

  /** What is shared now, for the answer to a greeting. */
  list(): readonly SharedStretch[] {
    return [...this.shared].map(([segId, { group, told }]) => ({ segId, vtep: vtepsOf(group), rows: told.size }));
  }

  /** What is passed on now, for the same. */
  listRelayed(): readonly RelayedStretch[] {
    return this.relays.list();
  }

  private share(segId: number, group: readonly StretchRow[], peer: PeerRow): void {
    const known = this.shared.get(segId);
    if (known !== undefined && known.peer === peer && isSame(known.group, group)) return;
    known?.told.become(() => encodeFlood(group), selectExported(peer));
    this.shared.set(segId, known === undefined ? this.begin(segId, group, peer) : { ...known, peer, group });
  }

  private begin(segId: number, group: readonly StretchRow[], peer: PeerRow): Shared {
    const network = group[0]?.network ?? '';
    const { write } = this.tableOf(this.subjects.ownTable(segId));
    const rows = new PreparedRows<ToldMac>(this.session.tables.follow(network), this.preparation(segId));
    const told = new StretchExport(rows, () => encodeFlood(group), selectExported(peer), write);
    return { peer, group, network, rows, told };
  }

  private preparation(segId: number): Preparation<ToldMac> {
    if (this.isTransit === undefined) return 'waiting';
    return this.isTransit ? vouchFor(this.session, segId) : 'none';
  }

  /** A table that nobody was told of needs no word about its end. */
  private unshare(segId: number): void {
    const known = this.shared.get(segId);
    if (known !== undefined) this.leave(known);
    this.shared.delete(segId);
    this.tableOf(this.subjects.ownTable(segId)).remove();
  }

  private tableOf(name: string) {
    return {
      write: (ops: readonly RowOp[]): void => this.publish(() => this.memory.write(name, ops)),
      remove: (): void => {
        if (this.memory.names().includes(name)) this.publish(() => this.memory.remove(name));
      },
    };
  }

  private leave({ network, told, rows }: Shared): void {
    told.stop();
    rows.stop();
    this.session.tables.leave(network);
  }

  /** What changes nothing is not told. */
  private publish(change: () => ReturnType<MemoryTables['write']>): void {
    const delta = change();
    if (delta.to !== delta.from) this.publisher.publish(this.memory.epoch, [delta]);
  }
}
