/** Whether a peer shares a stretch of ours. `seg_mismatch`: it shares something by other numbers, to which nothing of ours belongs. */
export type Match =
  | { readonly kind: 'matched' }
  | { readonly kind: 'unmatched' }
  | { readonly kind: 'seg_mismatch'; readonly theirSegIds: readonly number[] };

/** What becomes of each of our stretches with a peer, known by their numbers; `theirs` is all that the peer shares with us. */
export function resolveMatches(own: readonly number[], theirs: readonly number[]): ReadonlyMap<number, Match> {
  const [known, offered] = [new Set(own), new Set(theirs)];
  const theirSegIds = [...offered].filter((segId) => !known.has(segId)).sort((a, b) => a - b);
  const missing: Match = theirSegIds.length === 0 ? { kind: 'unmatched' } : { kind: 'seg_mismatch', theirSegIds };
  return new Map(own.map((segId) => [segId, offered.has(segId) ? { kind: 'matched' } : missing]));
}
