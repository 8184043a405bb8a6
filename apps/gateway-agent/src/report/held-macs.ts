/**
 * What a switch had learned before it was reset, kept for a while: it learns most of it anew within seconds, and until then every other
 * switch would have forgotten where its servers are.
 */
export class HeldMacs {
  /** Keys of `learned/…`, by the network and MAC they are about. */
  private readonly keys = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  /** `onOver`: what was not learned again is to be forgotten. */
  constructor(
    private readonly holdMs: number,
    private readonly onOver: (keys: readonly string[]) => void,
  ) {}

  hold(keys: Iterable<string>): void {
    for (const key of keys) this.keys.set(macIn(key), key);
    if (this.keys.size > 0) this.timer ??= setTimeout(() => this.end(), this.holdMs).unref();
  }

  /** It was learned again: answers the key that stood for it. */
  release(key: string): string | undefined {
    const held = this.keys.get(macIn(key));
    this.keys.delete(macIn(key));
    return held === key ? undefined : held;
  }

  all(): Iterable<string> {
    return this.keys.values();
  }

  private end(): void {
    const keys = [...this.keys.values()];
    this.timer = undefined;
    this.keys.clear();
    this.onOver(keys);
  }
}

/** The network and the MAC in a key of `learned/<switch>`. */
export function macIn(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}
