import { type PeerRow, importTable, syncReport } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';
import type { StopListening } from '@l2gw/tables';
import { Lease, type Tenant } from '../session/lease.js';
import { type Farewell, Neighbour } from './neighbour.js';
import { type Wanted, type WantedPeer, isSameWay, resolveNeighbours } from './resolve-neighbours.js';
import { type Session, Surroundings } from './session.js';
import { WayBook } from '../ways/way-book.js';

interface Running {
  readonly peer: PeerRow;
  readonly neighbour: Neighbour;
}

/** All peers, while this instance is the active one: as the table `sync` wants them. */
@Injectable()
export class Neighbours implements Tenant {
  private readonly running = new Map<string, Running>();
  private readonly ending = new Set<Promise<void>>();
  private stopListening: StopListening = () => undefined;
  private ways: WayBook;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly lease: Lease,
  ) {
    this.ways = new WayBook(surroundings.pushes);
  }

  begin(epoch: number): void {
    const { tables, pushes } = this.surroundings;
    pushes.begin(epoch);
    this.ways = new WayBook(pushes);
    this.stopListening = tables.sync.onChange(() => this.look(epoch));
    this.look(epoch);
  }

  end(): void {
    this.endAll('quiet');
    this.surroundings.pushes.end();
    this.surroundings.reporter.end();
  }

  /** The peers learn that we are gone for a moment, and keep what we have said. */
  async stop(): Promise<void> {
    this.endAll('bye');
    await Promise.allSettled(this.ending);
  }

  /** Undefined: nobody speaks with this peer. */
  find(peer: string): Neighbour | undefined {
    return this.running.get(peer)?.neighbour;
  }

  private endAll(farewell: Farewell): void {
    this.stopListening();
    for (const peer of [...this.running.keys()]) this.leave(peer, farewell);
  }

  private look(epoch: number): void {
    const { tables, reporter } = this.surroundings;
    const wanted = tables.sync.complete ? resolveNeighbours(syncRows(tables)) : undefined;
    if (wanted === undefined) return;
    const session: Session = {
      ...this.surroundings,
      epoch,
      cloud: wanted.cloud,
      ways: this.ways,
      isBehind: (seen) => this.lease.isBehind(seen),
    };
    this.leaveOthers(wanted);
    for (const each of wanted.speaking) this.meet(session, each, othersThan(each, wanted));
    for (const each of wanted.disabled) this.hush(each, 'the peer is disabled');
    for (const each of wanted.namesakes) this.refuse(each, wanted.cloud);
    this.forgetOthers(wanted);
    reporter.start();
  }

  private forgetOthers({ speaking, disabled, namesakes }: Wanted): void {
    const all = [...speaking, ...disabled, ...namesakes];
    const stretches = all.flatMap(({ peer, stretches }) => stretches.map(({ connection }) => ({ peer, connection })));
    const tables = stretches.map(({ peer, connection }) => importTable.table(peer.cloud, connection));
    this.surroundings.pushes.keep(new Set([syncReport.table, ...tables]));
    this.ways.keep(new Set(tables));
    const peers = new Set([...speaking, ...namesakes].map(({ peer }) => peer.peer));
    this.surroundings.reporter.keep(peers, new Set(stretches.map(({ connection }) => connection)));
  }

  /** A peer that is to be reached another way is met anew; one that is to be left takes what it was told with it. */
  private leaveOthers({ speaking }: Wanted): void {
    const wanted = new Map(speaking.map(({ peer }) => [peer.peer, peer]));
    for (const [id, { peer }] of [...this.running]) {
      const next = wanted.get(id);
      if (next === undefined || next.cloud !== peer.cloud) this.leave(id, 'withdraw');
      else if (!isSameWay(next, peer)) this.leave(id, 'quiet');
    }
  }

  private meet(session: Session, wanted: WantedPeer, others: readonly WantedPeer[]): void {
    const { peer } = wanted;
    const known = this.running.get(peer.peer);
    try {
      const neighbour = known?.neighbour ?? new Neighbour(session, peer);
      if (known === undefined) neighbour.start(wanted, others);
      else neighbour.become(wanted, others);
      this.running.set(peer.peer, { peer, neighbour });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // one of its keys is none: the API should have refused it
      this.leave(peer.peer, 'quiet');
      session.reporter.peer(peer.peer, { state: 'refused', reason: error.message });
    }
  }

  private hush({ peer, stretches }: WantedPeer, reason: string): void {
    const { pushes, reporter } = this.surroundings;
    for (const { connection } of stretches) {
      pushes.table(importTable.table(peer.cloud, connection)).clear();
      reporter.stretch(connection, { state: 'waiting', reason, accepted: 0, refused: {} });
    }
  }

  private refuse(wanted: WantedPeer, cloud: string): void {
    const reason = `it has our own cloud id, ${cloud}: one of the two clouds needs another`;
    this.surroundings.reporter.peer(wanted.peer.peer, { state: 'id_conflict', reason });
    this.hush(wanted, reason);
  }

  private leave(peer: string, farewell: Farewell): void {
    const ended = this.running.get(peer)?.neighbour.stop(farewell);
    this.running.delete(peer);
    if (ended === undefined) return;
    this.ending.add(ended);
    const forget = (): boolean => this.ending.delete(ended);
    ended.then(forget, forget);
  }
}

function syncRows({ sync }: Surroundings['tables']) {
  return [...sync.entries()].map(([, row]) => row);
}

function othersThan({ peer }: WantedPeer, { speaking }: Wanted): readonly WantedPeer[] {
  return speaking.filter((each) => each.peer.peer !== peer.peer);
}
