import { type LogicalSwitchRow, type NetworkRow, networkTable, type PortBinding, switchTable } from '@l2gw/contracts';
import { isStation } from '@l2gw/l2';
import { hashToHex, rowHash } from '@l2gw/tables';

/** What one switch should hold of a network; `hash` names the row of its table that says so. */
export type SwitchWish =
  | { readonly kind: 'wish'; readonly hash: string; readonly row: LogicalSwitchRow }
  | { readonly kind: 'unreadable'; readonly hash: string; readonly reason: string };

/** What the database should hold of a network: what all its switches should. `rows`: the rows that say so, by the names of the switches. */
export type Wish =
  | { readonly kind: 'wish'; readonly rows: WishedRows; readonly row: WishedNetwork }
  | { readonly kind: 'unreadable'; readonly rows: WishedRows; readonly reason: string };

export type WishedRows = ReadonlyMap<string, WishedRow>;

/** Of a network that nobody wants. */
export const NO_ROWS: WishedRows = new Map();

export interface WishedRow {
  readonly hash: string;
  /** The network itself is another one by what this row says (its VNI, its name): another switch's row is older or newer. */
  readonly isOther?: true;
  /** Settings that the database can have only once, and that another switch's row has otherwise. */
  readonly overruled?: string;
}

/** A row of a switch table, for as many switches as want it: each binding says which it is about. */
export interface WishedNetwork extends Omit<LogicalSwitchRow, 'bindings'> {
  readonly bindings: readonly WishedBinding[];
}

export interface WishedBinding extends PortBinding {
  readonly switch: string;
}

/** Who is where in a network. */
export type NetworkEntry = NetworkRow | { readonly row: 'unreadable' };

/** A row that we cannot read is a wish all the same: whoever takes it for none would tear a network down. */
export function decodeWish(key: string, raw: unknown): SwitchWish {
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
