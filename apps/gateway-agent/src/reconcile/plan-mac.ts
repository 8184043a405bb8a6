import type { MacChange, RemoteMac } from '../switch/network-change.js';
import type { RemoteMacRow } from '../switch/switch-contents.js';

const NOTHING: readonly MacChange[] = [];

/**
 * What must change in one logical switch's Ucast_Macs_Remote so that it holds one MAC exactly as `entry` says, or not at all.
 * hardware_vtep has no index on (MAC, logical_switch), so there can be several rows, in several spellings; all but one go, and that
 * one is changed in place, so that nobody ever sees the MAC nowhere or twice.
 */
export function planMac(entry: RemoteMac | undefined, rows: readonly RemoteMacRow[]): readonly MacChange[] {
  if (entry === undefined) return rows.length === 0 ? NOTHING : rows.map(removal);
  const [first] = rows;
  if (first === undefined) return [{ kind: 'add', entry }];
  if (rows.length === 1 && isRight(first, entry)) return NOTHING;
  const kept = rows.find((row) => isRight(row, entry)) ?? rows.reduce((a, b) => (a.id < b.id ? a : b));
  const surplus = rows.filter((row) => row !== kept).map(removal);
  return isRight(kept, entry) ? surplus : [...surplus, { kind: 'move', id: kept.id, entry }];
}

function removal({ id, mac }: RemoteMacRow): MacChange {
  return { kind: 'remove', id, mac };
}

function isRight(row: RemoteMacRow, entry: RemoteMac): boolean {
  return row.text === entry.mac && row.locator === entry.locator && row.ip === entry.ip;
}
