/** Every place where we answer otherwise than the reference did, on purpose. What is not listed here is a fault. */

export interface Difference {
  /** The recordings it shows in, by number. */
  readonly recordings: readonly string[];
  readonly what: RegExp;
  readonly reason: string;
}

/** In what the client prints. */
export const printedDifferences: readonly Difference[] = [];

/** In what the client is answered. */
export const answeredDifferences: readonly Difference[] = [];

/** What is left of the differences that were found when those on purpose are taken out. */
export function unexplained(
  differences: readonly Difference[],
  recording: string,
  found: readonly string[],
): readonly string[] {
  return found.filter((each) => !differences.some((difference) => explains(difference, recording, each)));
}

/** Differences that nothing shows any more. */
export function idle(differences: readonly Difference[], found: ReadonlyMap<string, readonly string[]>): string[] {
  return differences
    .filter(
      (difference) => ![...found].some(([recording, each]) => each.some((one) => explains(difference, recording, one))),
    )
    .map((difference) => difference.reason);
}

function explains({ recordings, what }: Difference, recording: string, found: string): boolean {
  return recordings.some((number) => recording.startsWith(number)) && what.test(found);
}
