import type { Bus } from '@l2gw/bus';
import type { PeerRow, StretchRow } from '@l2gw/contracts';
import { MemoryTables, type RowOp, TablePublisher, TableServer } from '@l2gw/tables';
import { randomUUID } from 'node:crypto';
import type { CloudSubjects } from '../peers/cloud-subjects.js';
import type { SharedStretch } from '../peers/hello.js';
import { type Session, queueOf } from '../peers/session.js';
import type { StretchGroups } from '../peers/group-stretches.js';
import { vtepsOf } from '../peers/stretch-rows.js';
import { selectExported } from './select-exported.js';
import { StretchExport } from './stretch-export.js';

interface Shared {
  readonly peer: PeerRow;
  readonly group: readonly StretchRow[];
  readonly network: string;
  readonly told: StretchExport;
}

/** All that one peer is told: a table for each stretch, and the answers to its questions. */
export class PeerExports {
  private readonly memory: MemoryTables;
  private readonly publisher: TablePublisher;
  private readonly server: TableServer;
  private readonly shared = new Map<number, Shared>();

  constructor(
    private readonly session: Session,
    private readonly subjects: CloudSubjects,
    bus: Bus,
  ) {
    const { own, peer, ownRoot: root } = subjects;
    const instance = `${own}-${session.epoch}-${randomUUID().slice(0, 8)}`;
    this.memory = new MemoryTables({ epoch: instance });
    this.publisher = new TablePublisher({ bus, root, writer: peer, instance, position: () => this.memory.now() });
    const onProblem = (error: unknown): void => session.log.debug('peer-asks', { peer, error });
    this.server = new TableServer({ bus, root, client: peer, queue: queueOf(session), source: this.memory, onProblem });
  }

  start(): void {
    this.server.start();
    this.publisher.start();
  }

  stop(): void {
    this.server.stop();
    this.publisher.stop();
    for (const { network, told } of this.shared.values()) this.leave(network, told);
    this.shared.clear();
  }

  /** What the peer may be told, and of what. */
  become(peer: PeerRow, { groups }: StretchGroups): void {
    for (const [segId, { network }] of [...this.shared]) {
      if (groups.get(segId)?.[0]?.network !== network) this.unshare(segId);
    }
    for (const [segId, group] of groups) this.share(segId, group, peer);
  }

  /** What is shared now, for the answer to a greeting. */
  list(): readonly SharedStretch[] {
    return [...this.shared].map(([segId, { group, told }]) => ({ segId, vtep: vtepsOf(group), rows: told.size }));
  }

  private share(segId: number, group: readonly StretchRow[], peer: PeerRow): void {
    const known = this.shared.get(segId);
    if (known !== undefined && known.peer === peer && isSame(known.group, group)) return;
    known?.told.become(group, selectExported(peer));
    this.shared.set(segId, known === undefined ? this.begin(segId, group, peer) : { ...known, peer, group });
  }

  private begin(segId: number, group: readonly StretchRow[], peer: PeerRow): Shared {
    const network = group[0]?.network ?? '';
    const table = this.subjects.ownTable(segId);
    const write = (ops: readonly RowOp[]): void => this.publish(() => this.memory.write(table, ops));
    const told = new StretchExport(this.session.tables.follow(network), group, selectExported(peer), write);
    return { peer, group, network, told };
  }

  /** A table that nobody was told of needs no word about its end. */
  private unshare(segId: number): void {
    const { network, told } = this.shared.get(segId) ?? {};
    if (network !== undefined && told !== undefined) this.leave(network, told);
    this.shared.delete(segId);
    const table = this.subjects.ownTable(segId);
    if (this.memory.names().includes(table)) this.publish(() => this.memory.remove(table));
  }

  private leave(network: string, told: StretchExport): void {
    told.stop();
    this.session.tables.leave(network);
  }

  /** What changes nothing is not told. */
  private publish(change: () => ReturnType<MemoryTables['write']>): void {
    const delta = change();
    if (delta.to !== delta.from) this.publisher.publish(this.memory.epoch, [delta]);
  }
}

function isSame(one: readonly StretchRow[], other: readonly StretchRow[]): boolean {
  return one.length === other.length && one.every((row, at) => row === other[at]);
}
