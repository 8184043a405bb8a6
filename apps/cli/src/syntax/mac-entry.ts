/** What one place of a file of remote MACs holds: a MAC, or what is wrong with it. */
import type { RemoteMac } from './mac-tuple.js';

/** `place` is where it stands, as `line 7` or `item 7`. */
export type MacEntry =
  { readonly place: string; readonly mac: RemoteMac } | { readonly place: string; readonly problem: string };

/** What `read` returns, or the `RangeError` that it throws as a problem. */
export function entryAt(place: string, read: () => RemoteMac): MacEntry {
  try {
    return { place, mac: read() };
  } catch (error) {
    if (error instanceof RangeError) return { place, problem: error.message };
    throw error;
  }
}
