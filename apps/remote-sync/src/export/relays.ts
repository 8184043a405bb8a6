import type { PeerRow, StretchRow } from '@l2gw/contracts';
import type { CloudSubjects } from '../peers/cloud-subjects.js';
import { type StretchGroups, groupStretches } from '../peers/group-stretches.js';
import type { RelayedStretch } from '../peers/hello.js';
import type { WantedPeer } from '../peers/resolve-neighbours.js';
import type { WayBook } from '../ways/way-book.js';
import { Relay, type RelayOrder, type RelayTable } from './relay.js';

interface Relayed {
  readonly origin: string;
  readonly segId: number;
  readonly connection: string;
  readonly relay: Relay;
}

/** What one peer is told of third clouds: of those with which we share the same network by the same number. */
export class Relays {
  private readonly relayed = new Map<string, Relayed>();

  constructor(
    private readonly subjects: CloudSubjects,
    private readonly ways: WayBook,
    private readonly tableOf: (name: string) => RelayTable,
    private readonly onTurn: () => void,
  ) {}

  become(peer: PeerRow, { groups }: StretchGroups, others: readonly WantedPeer[]): void {
    const all = [peer, ...others.map((each) => each.peer)];
    const transit = new Set(all.filter((each) => each.transit === true).map(({ cloud }) => cloud));
    const wanted = transit.has(peer.cloud) ? sharedWith(groups.values(), others) : [];
    const keys = new Set(wanted.map(keyOf));
    for (const [key, each] of [...this.relayed]) if (!keys.has(key)) this.leave(key, each);
    const { own } = this.subjects;
    for (const each of wanted) this.put(each, { own, receiver: peer.cloud, transit, peer, group: each.group });
  }

  list(): readonly RelayedStretch[] {
    return [...this.relayed.values()].flatMap(({ origin, segId, relay }) => {
      const sight = relay.sight();
      return sight === undefined ? [] : [{ origin, segId, ...sight }];
    });
  }

  stop(): void {
    for (const { relay } of this.relayed.values()) relay.stop();
    this.relayed.clear();
  }

  private put(each: Shared, order: RelayOrder): void {
    const key = keyOf(each);
    const known = this.relayed.get(key);
    if (known !== undefined) return known.relay.become(order);
    const { origin, segId, connection } = each;
    const table = this.tableOf(this.subjects.ownRelay(origin, segId));
    const relay = new Relay(this.ways.of(origin, connection), order, table, this.onTurn);
    this.relayed.set(key, { origin, segId, connection, relay });
  }

  private leave(key: string, { origin, segId, relay }: Relayed): void {
    relay.stop();
    this.relayed.delete(key);
    this.tableOf(this.subjects.ownRelay(origin, segId)).remove();
  }
}

interface Shared extends Omit<Relayed, 'relay'> {
  /** Our stretches with the receiver. */
  readonly group: readonly StretchRow[];
}

/** The same network by the same number, with each other cloud. */
function sharedWith(groups: Iterable<readonly StretchRow[]>, others: readonly WantedPeer[]): readonly Shared[] {
  const origins = new Map<string, Omit<Shared, 'group'>[]>();
  for (const { peer, stretches } of others) {
    for (const [first] of groupStretches(stretches).groups.values()) {
      if (first === undefined) continue;
      const { segId, connection } = first;
      const origin = { origin: peer.cloud, segId, connection };
      origins.set(networkOf(first), [...(origins.get(networkOf(first)) ?? []), origin]);
    }
  }
  return [...groups].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : (origins.get(networkOf(first)) ?? []).map((each) => ({ ...each, group }));
  });
}

function networkOf({ network, segId }: StretchRow): string {
  return `${network} ${segId}`;
}

function keyOf({ origin, segId, connection }: Pick<Relayed, 'origin' | 'segId' | 'connection'>): string {
  return `${origin} ${segId} ${connection}`;
}
