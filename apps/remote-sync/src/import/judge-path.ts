import type { SyncRefusal } from '@l2gw/contracts';

/** Clouds on a path at the most, the one where the MAC is among them. */
export const LONGEST_PATH = 4;

const CLOUD_ID = /^[a-z0-9][a-z0-9-]{0,30}$/;

/** Who is where on a path that a peer has told us. */
export interface PathEnds {
  readonly own: string;
  /** The cloud where the MAC is said to be. */
  readonly origin: string;
  /** Who has told us. */
  readonly peer: string;
}

/** Why a MAC on this path is refused; undefined: it is not. What has been here before, or anywhere twice, goes in circles. */
export function judgePath(path: readonly string[], { own, origin, peer }: PathEnds): SyncRefusal | undefined {
  const isTwice = new Set(path).size < path.length;
  if (path.includes(own) || isTwice || path.length > LONGEST_PATH) return 'loop';
  const isNamed = path.every((each) => CLOUD_ID.test(each));
  return isNamed && path.length > 1 && path[0] === origin && path.at(-1) === peer ? undefined : 'unreadable';
}
