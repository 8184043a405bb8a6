import { type MacRow, type RemoteRow, networkTable } from '@l2gw/contracts';
import { parseMac, type VtepIp } from '@l2gw/l2';
import type { Replica } from '@l2gw/tables';
import type { NetworkEntry } from './wish.js';

const MAC = networkTable.macKey('');
const VTEP = networkTable.vtepKey('');
const REMOTE = networkTable.remoteKey('');

/** What changed rows of a network's table are about. */
export interface NetworkNews {
  readonly macs: readonly string[];
  /** The flood members are others now. */
  readonly flood: boolean;
  /** Remote gateway connections lead elsewhere, or to them other ways. */
  readonly remotes: boolean;
}

/**
 * The table of one network: its MACs, flood members and remote gateway connections at hand under their own names, because every change on the switch asks
 * for the one, and every pass over the network for the other.
 */
export class DesiredNetwork {
  private readonly members = new Map<string, VtepIp>();
  private readonly remotes = new Map<string, RemoteRow>();
  private readonly rows = new Map<string, MacRow | 'unreadable'>();
  /** MACs that their key spells otherwise than we do. */
  private readonly spellings = new Map<string, string>();

  /** `readBy`: the switch in whose name the table is read. */
  constructor(
    private readonly replica: Pick<Replica<NetworkEntry>, 'complete' | 'confirmed' | 'get'>,
    readonly readBy: string,
  ) {}

  /** False until the table was whole once: until then nobody is missing from it. */
  get complete(): boolean {
    return this.replica.complete;
  }

  /** The API has said, since the agent was started, that the table is as it is here. */
  get confirmed(): boolean {
    return this.replica.confirmed;
  }

  get vteps(): Iterable<VtepIp> {
    return this.members.values();
  }

  has(mac: string): boolean {
    return this.rows.has(mac);
  }

  /** `unreadable`: there is a row, but it says nothing that we understand. */
  mac(mac: string): MacRow | 'unreadable' | undefined {
    return this.rows.get(mac);
  }

  remote(connection: string): RemoteRow | undefined {
    return this.remotes.get(connection);
  }

  /** How many MACs there are, readable or not. */
  get size(): number {
    return this.rows.size;
  }

  /** All of them. */
  names(): Iterable<string> {
    return this.rows.keys();
  }

  *macs(): Generator<MacRow> {
    for (const row of this.rows.values()) if (row !== 'unreadable') yield row;
  }

  take(keys: readonly string[]): NetworkNews {
    const macs: string[] = [];
    let [flood, remotes] = [false, false];
    for (const key of keys) {
      const entry = this.replica.get(key);
      if (key.startsWith(VTEP)) flood = this.takeMember(key, entry) || flood;
      else if (key.startsWith(MAC)) macs.push(this.takeMac(key, entry));
      else if (key.startsWith(REMOTE)) remotes = this.takeRemote(key.slice(REMOTE.length), entry);
    }
    return { macs, flood, remotes };
  }

  private takeMember(key: string, entry: NetworkEntry | undefined): boolean {
    if (entry?.row === 'unreadable') return false;
    if (entry?.row !== 'vtep') return this.members.delete(key);
    const isNew = !this.members.has(key);
    this.members.set(key, entry.vtep);
    return isNew;
  }

  /** Whatever was written of it: rows are written when they change. */
  private takeRemote(connection: string, entry: NetworkEntry | undefined): true {
    if (entry?.row === 'remote') this.remotes.set(connection, entry);
    else this.remotes.delete(connection);
    return true;
  }

  private takeMac(key: string, entry: NetworkEntry | undefined): string {
    const mac = entry?.row === 'mac' ? entry.mac : canonical(key.slice(MAC.length));
    const isSpelledOurWay = key.length === MAC.length + mac.length && key.endsWith(mac);
    if (entry !== undefined) {
      this.rows.set(mac, entry.row === 'mac' ? entry : 'unreadable');
      if (!isSpelledOurWay) this.spellings.set(mac, key);
    } else if (this.spellings.get(mac) === key || !this.spellings.has(mac)) {
      this.spellings.delete(mac);
      this.rows.delete(mac);
    }
    return mac;
  }
}

/** What is no MAC stands for itself: its row cannot be read either. */
function canonical(text: string): string {
  try {
    return parseMac(text);
  } catch {
    return text;
  }
}
