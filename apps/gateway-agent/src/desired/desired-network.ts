import { type MacRow, networkTable } from '@l2gw/contracts';
import type { VtepIp } from '@l2gw/l2';
import type { Replica } from '@l2gw/tables';
import type { NetworkEntry } from './wish.js';

const MAC = networkTable.macKey('');
const VTEP = networkTable.vtepKey('');

/** The table of one network: its MACs by look-up, its flood members at hand, because every pass over the network needs them. */
export class DesiredNetwork {
  private readonly members = new Map<string, VtepIp>();
  private readonly unreadable = new Set<string>();
  /** Keys that spell their MAC otherwise than we do. */
  private readonly spellings = new Map<string, string>();

  constructor(private readonly replica: Replica<NetworkEntry>) {}

  /** False until the table was whole once: until then nobody is missing from it. */
  get complete(): boolean {
    return this.replica.complete;
  }

  get vteps(): Iterable<VtepIp> {
    return this.members.values();
  }

  /** `unreadable`: there is a row, but it says nothing that we understand. */
  mac(mac: string): MacRow | 'unreadable' | undefined {
    if (this.unreadable.has(mac)) return 'unreadable';
    const entry = this.replica.get(MAC + mac) ?? this.replica.get(this.spellings.get(mac) ?? '');
    return entry?.row === 'mac' ? entry : undefined;
  }

  *macs(): Generator<MacRow> {
    for (const [, entry] of this.replica.entries()) if (entry.row === 'mac') yield entry;
  }

  isUnreadable(mac: string): boolean {
    return this.unreadable.has(mac);
  }

  /** Takes note of changed keys; answers which MACs they are about, and whether the flood members are others now. */
  take(keys: readonly string[]): { readonly macs: readonly string[]; readonly flood: boolean } {
    const macs: string[] = [];
    let flood = false;
    for (const key of keys) {
      const entry = this.replica.get(key);
      if (key.startsWith(VTEP)) flood = this.takeMember(key, entry) || flood;
      else if (key.startsWith(MAC)) macs.push(this.takeMac(key, entry));
    }
    return { macs, flood };
  }

  private takeMember(key: string, entry: NetworkEntry | undefined): boolean {
    if (entry?.row === 'unreadable') return false;
    if (entry?.row !== 'vtep') return this.members.delete(key);
    const isNew = !this.members.has(key);
    this.members.set(key, entry.vtep);
    return isNew;
  }

  private takeMac(key: string, entry: NetworkEntry | undefined): string {
    const spelled = key.slice(MAC.length);
    const mac = entry?.row === 'mac' ? entry.mac : (this.canonical(key) ?? spelled);
    if (entry?.row === 'unreadable') this.unreadable.add(mac);
    else this.unreadable.delete(mac);
    if (mac !== spelled && entry !== undefined) this.spellings.set(mac, key);
    else if (mac !== spelled) this.spellings.delete(mac);
    return mac;
  }

  private canonical(key: string): string | undefined {
    for (const [mac, spelling] of this.spellings) if (spelling === key) return mac;
    return undefined;
  }
}
