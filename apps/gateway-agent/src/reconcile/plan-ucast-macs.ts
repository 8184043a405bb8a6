import type { MacChange, RemoteMac } from '../switch/network-change.js';
import type { RemoteMacRow } from '../switch/switch-contents.js';

/**
 * What must change in one logical switch's Ucast_Macs_Remote so that it holds exactly `desired`. Pure: the same two states
 * always give the same changes, in MAC order, and no change when they agree.
 */
export function planUcastMacs(desired: Iterable<RemoteMac>, actual: Iterable<RemoteMacRow>): readonly MacChange[] {
  const wanted = new Map([...desired].map((entry): [string, RemoteMac] => [entry.mac, entry]));
  const present = new Map<string, RemoteMacRow[]>();
  for (const row of actual) {
    const rows = present.get(row.mac);
    if (rows === undefined) present.set(row.mac, [row]);
    else rows.push(row);
  }
  const changes: MacChange[] = [];
  for (const [mac, rows] of present) changes.push(...planMac(wanted.get(mac), rows));
  for (const [mac, entry] of wanted) if (!present.has(mac)) changes.push({ kind: 'add', entry });
  return changes.sort(byMac);
}

/**
 * The same for the rows of one MAC. hardware_vtep has no index on (MAC, logical_switch), so there can be several, in several
 * spellings; all but one go, and that one is changed in place, so that nobody ever sees the MAC nowhere or twice.
 */
export function planMac(entry: RemoteMac | undefined, rows: readonly RemoteMacRow[]): readonly MacChange[] {
  if (entry === undefined) return rows.map(removal);
  const [first] = rows;
  if (first === undefined) return [{ kind: 'add', entry }];
  if (rows.length === 1 && isRight(first, entry)) return [];
  const kept = rows.find((row) => isRight(row, entry)) ?? rows.reduce((a, b) => (a.id < b.id ? a : b));
  const surplus = rows.filter((row) => row !== kept).map(removal);
  return isRight(kept, entry) ? surplus : [...surplus, { kind: 'move', id: kept.id, entry }];
}

export function macOfChange(change: MacChange): string {
  return change.kind === 'remove' ? change.mac : change.entry.mac;
}

function removal({ id, mac }: RemoteMacRow): MacChange {
  return { kind: 'remove', id, mac };
}

function isRight(row: RemoteMacRow, entry: RemoteMac): boolean {
  return row.text === entry.mac && row.locator === entry.locator && row.ip === entry.ip;
}

function byMac(a: MacChange, b: MacChange): number {
  const [macA, macB] = [macOfChange(a), macOfChange(b)];
  return macA < macB ? -1 : macA > macB ? 1 : 0;
}
