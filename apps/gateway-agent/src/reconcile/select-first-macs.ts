import type { RemoteMac } from '../switch/network-change.js';

/** Who is looked at for each one that is taken: the switch waits meanwhile. */
const LOOKED_AT = 10;

/**
 * The MACs that go with a new logical switch: all, if they are few; else one for each locator among the first of them, so that most
 * exist when the batches that follow are under way side by side.
 */
export function selectFirstMacs(macs: Iterable<RemoteMac>, most: number): readonly RemoteMac[] {
  const looked = first(macs, LOOKED_AT * most);
  if (looked.length <= most) return looked;
  const scouts = new Map<string, RemoteMac>();
  for (const entry of looked) if (!scouts.has(entry.locator)) scouts.set(entry.locator, entry);
  return [...new Set([...scouts.values(), ...looked])].slice(0, most);
}

function first(macs: Iterable<RemoteMac>, count: number): readonly RemoteMac[] {
  const taken: RemoteMac[] = [];
  for (const entry of macs) {
    if (taken.length >= count) break;
    taken.push(entry);
  }
  return taken;
}
