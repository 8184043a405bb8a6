import { DEFAULT_ROOT } from '@l2gw/tables';

/**
 * Where two clouds say what. Everything that a cloud says to a peer carries both ids, so that the servers of the bus can vouch for who
 * speaks, and nobody else hears what is meant for one peer.
 */
export class CloudSubjects {
  /** Of the tables that we write, and that the peer writes. */
  readonly ownRoot: string;
  readonly peerRoot: string;

  constructor(
    readonly own: string,
    readonly peer: string,
  ) {
    this.ownRoot = rootOf(own);
    this.peerRoot = rootOf(peer);
  }

  /** What we tell the peer of a stretch. */
  ownTable(segId: number): string {
    return `stretch/${this.peer}/seg-${segId}`;
  }

  /** What the peer tells us of a stretch. */
  peerTable(segId: number): string {
    return `stretch/${this.own}/seg-${segId}`;
  }

  /** What we pass on to the peer of what a third cloud says of a stretch; one token, as the permissions of the bus have it. */
  ownRelay(origin: string, segId: number): string {
    return `stretch/${this.peer}/${origin}-seg-${segId}`;
  }

  peerRelay(origin: string, segId: number): string {
    return `stretch/${this.own}/${origin}-seg-${segId}`;
  }

  /** Where we greet the peer, and where it greets us. */
  get ownHello(): string {
    return `${this.peerRoot}.req.${this.own}.hello`;
  }

  get peerHello(): string {
    return `${this.ownRoot}.req.${this.peer}.hello`;
  }

  /** Where the peer shows us that it lives. */
  get peerLife(): string {
    return `${this.peerRoot}.life.${this.own}`;
  }

  get ownNotice(): string {
    return `${this.ownRoot}.notice.${this.peer}`;
  }

  get peerNotice(): string {
    return `${this.peerRoot}.notice.${this.own}`;
  }
}

function rootOf(cloud: string): string {
  return `${DEFAULT_ROOT}.cloud.${cloud}`;
}
