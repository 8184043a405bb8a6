import type { RemoteMac } from '../switch/network-change.js';

/**
 * The MACs that go with a new logical switch: all, if they are few; else one for each locator first, so that every one exists
 * when the batches that follow are under way side by side.
 */
export function selectFirstMacs(macs: readonly RemoteMac[], most: number): readonly RemoteMac[] {
  if (macs.length <= most) return macs;
  const scouts = new Map<string, RemoteMac>();
  for (const entry of macs) if (!scouts.has(entry.locator)) scouts.set(entry.locator, entry);
  const chosen = new Set(scouts.values());
  for (const entry of macs) {
    if (chosen.size >= most) break;
    chosen.add(entry);
  }
  return [...chosen];
}
