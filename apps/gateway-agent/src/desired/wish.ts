import { type LogicalSwitchRow, type NetworkRow, networkTable, switchTable } from '@l2gw/contracts';
import { isStation } from '@l2gw/l2';
import { hashToHex, rowHash } from '@l2gw/tables';

/** What the switch should hold of a network; `hash` names the row of the switch table that says so. */
export type Wish =
  | { readonly kind: 'wish'; readonly hash: string; readonly row: LogicalSwitchRow }
  | { readonly kind: 'unreadable'; readonly hash: string; readonly reason: string };

/** Who is where in a network. */
export type NetworkEntry = NetworkRow | { readonly row: 'unreadable' };

/** A row that we cannot read is a wish all the same: whoever takes it for none would tear a network down. */
export function decodeWish(key: string, raw: unknown): Wish {
  const hash = hashToHex(rowHash(key, raw));
  try {
    return { kind: 'wish', hash, row: switchTable.decode(key, raw) };
  } catch (error) {
    return { kind: 'unreadable', hash, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** An address that no single station can have is as good as none; the other rows of its message count all the same. */
export function decodeEntry(key: string, raw: unknown): NetworkEntry {
  try {
    const entry = networkTable.decode(key, raw);
    return entry.row === 'mac' && !isStation(entry.mac) ? { row: 'unreadable' } : entry;
  } catch {
    return { row: 'unreadable' }; // what the switch holds of it is left alone
  }
}
