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
    let best = this.saidAt(mac);
    for (const key of this.others.get(mac) ?? NONE) {
      const row = this.saidAt(key);
      if (row !== undefined && (best === undefined || row.sequence > best.sequence)) best = row;
    }
    return best;
  }

  private saidAt(key: string): ImportedMac | undefined {
    const row = this.rows.get(key);
    return row?.kind === 'mac' ? row.mac : undefined;
  }

  private note(mac: MacAddress, key: string): void {
    const keys = this.others.get(mac) ?? new Set();
    if (this.rows.get(key) === undefined) keys.delete(key);
    else keys.add(key);
    if (keys.size === 0) this.others.delete(mac);
    else this.others.set(mac, keys);
  }
}

const NONE: ReadonlySet<string> = new Set();

function macIn(key: string): MacAddress | undefined {
  try {
    return parseMac(key);
  } catch {
    return undefined; // it is counted as unreadable where it was decoded
  }
}
