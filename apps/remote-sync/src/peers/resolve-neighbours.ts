import type { CloudRow, PeerRow, StretchRow, SyncRow } from '@l2gw/contracts';

/** A peer with what is shared with it. */
export interface WantedPeer {
  readonly peer: PeerRow;
  readonly stretches: readonly StretchRow[];
}

/** What the table `sync` wants. */
export interface Wanted {
  /** Our cloud id. */
  readonly cloud: string;
  readonly speaking: readonly WantedPeer[];
  /** Nothing is told to them, and nothing they have said counts. */
  readonly disabled: readonly WantedPeer[];
  /** They have our cloud id, so that nobody could tell who speaks. */
  readonly namesakes: readonly WantedPeer[];
}

/** Undefined: it is not known yet who we are. */
export function resolveNeighbours(rows: Iterable<SyncRow>): Wanted | undefined {
  const all = [...rows];
  const own = all.find((row): row is CloudRow => row.row === 'cloud');
  if (own === undefined) return undefined;
  const peers = all.flatMap((row): WantedPeer[] => {
    if (row.row !== 'peer') return [];
    const stretches = all.filter((each): each is StretchRow => each.row === 'stretch' && each.peer === row.peer);
    return [{ peer: row, stretches }];
  });
  const [namesakes, others] = split(peers, ({ peer }) => peer.cloud === own.id);
  const [speaking, disabled] = split(others, ({ peer }) => peer.enabled);
  return { cloud: own.id, speaking, disabled, namesakes };
}

/** Whether a peer can be reached as before. */
export function isSameWay(one: PeerRow, other: PeerRow): boolean {
  return (
    one.cloud === other.cloud &&
    one.credentials === other.credentials &&
    one.servers.length === other.servers.length &&
    one.servers.every((server, at) => server === other.servers[at])
  );
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
