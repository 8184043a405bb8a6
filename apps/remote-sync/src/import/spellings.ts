import type { ImportedMac } from '@l2gw/contracts';
import { type MacAddress, parseMac } from '@l2gw/l2';
import type { StretchTableRow } from '../peers/stretch-rows.js';
import type { Rows } from '../tables/prepared-rows.js';

/** Finds what a peer says of a MAC, however it spells it; of several spellings the one with the highest sequence counts. */
export class Spellings {
  /** Keys that are not in canonical form, by the MAC that they mean. */
  private readonly others = new Map<MacAddress, Set<string>>();

  constructor(private readonly rows: Rows<StretchTableRow>) {}

  /** The MAC that a key means; undefined for what is no MAC. */
  macOf(key: string): MacAddress | undefined {
    const mac = macIn(key);
    if (mac !== undefined && key !== mac) this.note(mac, key);
    return mac;
  }

  rowOf(mac: MacAddress): ImportedMac | undefined {
    const found = [mac, ...(this.others.get(mac) ?? [])].flatMap((key) => {
      const row = this.rows.get(key);
      return row?.kind === 'mac' ? [row.mac] : [];
    });
    return found.length < 2 ? found[0] : found.reduce((best, row) => (row.sequence > best.sequence ? row : best));
  }

  private note(mac: MacAddress, key: string): void {
    const keys = this.others.get(mac) ?? new Set();
    if (this.rows.get(key) === undefined) keys.delete(key);
    else keys.add(key);
    if (keys.size === 0) this.others.delete(mac);
    else this.others.set(mac, keys);
  }
}

function macIn(key: string): MacAddress | undefined {
  try {
    return parseMac(key);
  } catch {
    return undefined; // it is counted as unreadable where it was decoded
  }
}
