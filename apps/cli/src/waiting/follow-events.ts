/** Follows a stream of events for as long as it takes, and takes it up again when it breaks off. */
import type { ServerEvent } from '../api/server-events.js';
import { Refused, Unreachable } from '../failures.js';

/** Opens the stream; `lastId`: what was read last. Its first item says that it has begun. */
export type OpenStream = (lastId: string | undefined) => AsyncIterable<ServerEvent | 'begun'>;

export interface Follower {
  /** Answers whether it wants more. */
  readonly onEvent: (event: ServerEvent) => 'more' | 'enough';
  /** Hears that the stream has broken off, and that it is there again. */
  readonly onState: (text: string) => void;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Throws `Refused`, and `Unreachable` if the stream could not be opened the first time. */
export async function followEvents(open: OpenStream, follower: Follower): Promise<void> {
  let lastId: string | undefined;
  let hasBegun = false;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    let reason = 'the stream has ended';
    try {
      for await (const item of open(lastId)) {
        if (item === 'begun') {
          if (hasBegun) follower.onState('connected again');
          hasBegun = true;
          pause = FIRST_PAUSE_MS;
          continue;
        }
        lastId = item.id ?? lastId;
        if (follower.onEvent(item) === 'enough') return;
      }
    } catch (error) {
      if (!hasBegun || !mayPass(error)) throw error;
      reason = error.message;
    }
    follower.onState(`${reason}; trying again in ${pause / 1000} s`);
    await follower.sleep(pause);
  }
}

/** An API that is away, or has as many readers as it can serve, may have room in a moment. */
export function mayPass(error: unknown): error is Unreachable | Refused {
  return error instanceof Unreachable || (error instanceof Refused && error.status === 503);
}
