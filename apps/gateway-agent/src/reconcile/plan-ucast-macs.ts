import type { MacChange, RemoteMac } from '../switch/network-change.js';
import type { RemoteMacRow } from '../switch/switch-contents.js';

/**
 * What must change in one logical switch's Ucast_Macs_Remote, or in the rows of some of its MACs, so that there is exactly
 * `desired`. Pure: the same two states always give the same changes, in MAC order, and no change when they agree.
 * hardware_vtep has no index on (MAC, logical_switch), so duplicate rows can exist, in several spellings; all but one go.
 */
export function planUcastMacs(desired: Iterable<RemoteMac>, actual: Iterable<RemoteMacRow>): readonly MacChange[] {
  const wanted = new Map([...desired].map((entry): [string, RemoteMac] => [entry.mac, entry]));
  const kept = new Map<string, RemoteMacRow>();
  const changes: MacChange[] = [];
  for (const row of actual) {
    const entry = wanted.get(row.mac);
    const rival = kept.get(row.mac);
    const loser = entry === undefined ? row : rival && (isBetter(row, rival, entry) ? rival : row);
    if (loser !== undefined) changes.push({ kind: 'remove', id: loser.id, mac: loser.mac });
    if (loser !== row) kept.set(row.mac, row);
  }
  for (const entry of wanted.values()) {
    const row = kept.get(entry.mac);
    if (row === undefined) changes.push({ kind: 'add', entry });
    else if (!isRight(row, entry)) changes.push({ kind: 'move', id: row.id, entry });
  }
  return changes.length < 2 ? changes : changes.sort(byMac);
}

export function macOfChange(change: MacChange): string {
  return change.kind === 'remove' ? change.mac : change.entry.mac;
}

/** Of two rows of one MAC the one that needs no change stays, else the one with the smaller identity. */
function isBetter(row: RemoteMacRow, rival: RemoteMacRow, entry: RemoteMac): boolean {
  const [right, rivalRight] = [isRight(row, entry), isRight(rival, entry)];
  return right === rivalRight ? row.id < rival.id : right;
}

function isRight(row: RemoteMacRow, entry: RemoteMac): boolean {
  return row.text === entry.mac && row.vtep === entry.vtep && row.ip === entry.ip;
}

function byMac(a: MacChange, b: MacChange): number {
  const [macA, macB] = [macOfChange(a), macOfChange(b)];
  return macA < macB ? -1 : macA > macB ? 1 : 0;
}
