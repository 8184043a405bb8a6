/** Keys that were marked as one; so many of them were taken, from the front. */
interface List<Key> {
  readonly name: string;
  readonly keys: readonly Key[];
  taken: number;
}

/** Who waits for a pass: keys that were marked one by one, each once and in their order, and behind them lists of thousands. */
export class MarkedKeys<Key> {
  private readonly single = new Set<Key>();
  /** Where the first of them is: whoever looked for it from the beginning would pass the places of all that were taken. */
  private first = this.single.values();
  private readonly lists = new Map<string, List<Key>>();
  /** The list that keys are taken from as long as it is among them, and, for the same reason, where those behind it are. */
  private current: List<Key> | undefined;
  private behind = this.lists.values();

  /** A key that is in a list, too, counts twice. */
  get size(): number {
    return [...this.lists.values()].reduce((sum, { keys, taken }) => sum + keys.length - taken, this.single.size);
  }

  add(key: Key): void {
    this.single.add(key);
  }

  /** In place of what is left of the list of this name. */
  list(name: string, keys: readonly Key[]): void {
    this.lists.delete(name);
    if (keys.length > 0) this.lists.set(name, { name, keys, taken: 0 });
  }

  /** It was marked by itself and is so no more; in a list it stays. */
  drop(key: Key): void {
    this.single.delete(key);
  }

  /** Takes one away. */
  next(): Key | undefined {
    return this.nextSingle() ?? this.nextListed();
  }

  clear(): void {
    this.single.clear();
    this.lists.clear();
  }

  private nextSingle(): Key | undefined {
    while (this.single.size > 0) {
      const next = this.first.next();
      if (next.done) {
        this.first = this.single.values();
      } else {
        this.single.delete(next.value);
        return next.value;
      }
    }
    return undefined;
  }

  private nextListed(): Key | undefined {
    const list = this.firstList();
    if (list === undefined) return undefined;
    const key = list.keys[list.taken];
    list.taken += 1;
    if (list.taken >= list.keys.length) this.lists.delete(list.name);
    return key;
  }

  private firstList(): List<Key> | undefined {
    if (this.lists.size === 0) return undefined;
    if (this.current !== undefined && this.lists.get(this.current.name) === this.current) return this.current;
    let next = this.behind.next();
    if (next.done) {
      this.behind = this.lists.values();
      next = this.behind.next();
    }
    this.current = next.done ? undefined : next.value;
    return this.current;
  }
}
