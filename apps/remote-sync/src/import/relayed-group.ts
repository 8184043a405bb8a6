import type { Replica } from '@l2gw/tables';
import type { RelayedStretch } from '../peers/hello.js';
import type { WantedPeer } from '../peers/resolve-neighbours.js';
import type { StretchTableRow } from '../peers/stretch-rows.js';
import { PeerKeys } from '../signing/peer-keys.js';
import { PreparedRows } from '../tables/prepared-rows.js';
import type { Ways } from '../ways/ways.js';
import type { Refusals } from './acceptance.js';
import { added } from './describe-stretch.js';
import { ImportedGroup } from './imported-group.js';
import { type CheckedTable, ProofCheck } from './proof-check.js';
import type { Room } from './room.js';

/** By then what is passed on has come again under the later session of its cloud. */
const LATER_MS = 60_000;

/** What a peer passes on of one stretch of a third cloud: what that cloud vouches for comes in as if it had said it itself. */
export class RelayedGroup {
  private readonly proven: PreparedRows<StretchTableRow>;
  private readonly check: ProofCheck;
  private readonly group: ImportedGroup;
  private keys = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly rows: Replica<StretchTableRow>,
    private readonly table: CheckedTable,
    room: Room,
    waysOf: (connection: string) => Ways,
  ) {
    this.check = new ProofCheck(table, PeerKeys.parse([]), () => this.later());
    this.proven = new PreparedRows(rows, 'waiting');
    this.group = new ImportedGroup(this.proven, room, { name: table.peer, path: [table.origin, table.peer], waysOf });
  }

  get segId(): number {
    return this.table.segId;
  }

  /** Of the third cloud and its stretches. */
  become({ peer, stretches }: WantedPeer, { live, path }: RelayedStretch): void {
    this.group.lives(live, path.length === 0 ? undefined : path);
    this.group.become(peer, stretches);
    if (peer.keys.join() === this.keys) return;
    this.keys = peer.keys.join();
    this.check.trust(PeerKeys.parse(peer.keys));
    this.proven.become((key, row) => this.check.pass(key, row));
  }

  get isRecalled(): boolean {
    return this.group.isRecalled;
  }

  keeps(key: string): boolean {
    return this.group.keeps(key);
  }

  /** Whose refusals they are is the peer that passes on. */
  get refusals(): Refusals {
    return added([this.check.refusals, ...this.group.sights().map(({ refused }) => refused)]);
  }

  roomMade(): void {
    this.group.roomMade();
  }

  end(): void {
    this.group.end();
  }

  resume(): void {
    this.group.resume();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.group.stop();
    this.proven.stop();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.proven.again(), LATER_MS).unref();
  }
}
