/** What is known of a way by which we hear of a cloud: from itself, or from one that passes it on. */
export interface WaySight {
  /** The cloud that tells us. */
  readonly name: string;
  /** Where the MACs are, then by whom they were passed on; `name` is the last. */
  readonly path: readonly string[];
  /** All on it hear each other. */
  readonly isLive: boolean;
  /** What was said has been taken back, or its time is over. */
  readonly isOver: boolean;
  /** All that can be heard by it is known. */
  readonly isOpen: boolean;
}

/**
 * The way that counts: one that lives before one that does not, one that has something to say before one that has not; then the
 * shorter, then the lower name. All of them tell what one cloud has said, so no MAC needs to be compared. Of those that are not known
 * yet none counts; at the beginning (`current` is undefined) a better one that lives is waited for, lest everything be written twice.
 */
export function selectWay<Way extends WaySight>(ways: readonly Way[], current: Way | undefined): Way | undefined {
  const [best] = inOrder(ways);
  const isWorthWaiting = current === undefined && best?.isLive === true && !best.isOpen;
  return isWorthWaiting ? undefined : inOrder(ways.filter(({ isOpen }) => isOpen))[0];
}

function inOrder<Way extends WaySight>(ways: readonly Way[]): readonly Way[] {
  return [...ways].sort((a, b) => rank(a) - rank(b) || a.path.length - b.path.length || (a.name < b.name ? -1 : 1));
}

function rank({ isLive, isOver }: WaySight): number {
  if (isOver) return 2;
  return isLive ? 0 : 1;
}
