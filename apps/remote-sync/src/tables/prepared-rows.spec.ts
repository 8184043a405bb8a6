import { eventually } from '../../../../test/harness/eventually.js';
import type { ReplicaChange } from '@l2gw/tables';
import { type HeardRows, PreparedRows } from './prepared-rows.js';

/** A table that says what it is told to. */
class Source implements HeardRows<number> {
  complete = false;
  readonly confirmed = true;
  readonly diverging = false;
  readonly partial = false;
  readonly undecodable = 0;
  readonly asOf = 0;
  readonly revision = 0;
  private readonly rows = new Map<string, number>();
  private readonly listeners = new Set<(change: ReplicaChange) => void>();

  get = (key: string): number | undefined => this.rows.get(key);
  entries = (): IterableIterator<[string, number]> => this.rows.entries();
  keys = (): IterableIterator<string> => this.rows.keys();

  onChange(listener: (change: ReplicaChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  say(rows: Readonly<Record<string, number | undefined>>, { nowComplete = false } = {}): void {
    for (const [key, row] of Object.entries(rows)) {
      if (row === undefined) this.rows.delete(key);
      else this.rows.set(key, row);
    }
    this.complete ||= nowComplete;
    for (const listener of this.listeners) listener({ keys: Object.keys(rows), nowComplete, nowConfirmed: false });
  }
}

const double = (_: string, row: number | undefined): number | undefined =>
  row === undefined || row < 0 ? undefined : row * 2;

describe('Rows that something is done with', () => {
  let source: Source;
  let changes: ReplicaChange[];
  let rows: PreparedRows<number>;
  const start = (preparation: ConstructorParameters<typeof PreparedRows<number>>[1]): void => {
    source = new Source();
    changes = [];
    rows = new PreparedRows(source, preparation);
    rows.onChange((change) => changes.push(change));
  };

  it('are whole when the table is, and change at once with it', () => {
    start(double);
    source.say({ a: 1 });
    expect(rows.complete).toBe(false);
    source.say({ b: 2 }, { nowComplete: true });
    expect([rows.complete, rows.confirmed, [...rows.entries()]]).toEqual([
      true,
      true,
      [
        ['a', 2],
        ['b', 4],
      ],
    ]);
    expect(changes.filter(({ nowComplete }) => nowComplete)).toHaveLength(1);
    source.say({ a: undefined, c: -1 });
    expect([...rows.entries()]).toEqual([['b', 4]]);
    expect(changes.at(-1)).toMatchObject({ keys: ['a', 'c'], nowComplete: false });
  });

  it('are whole only when it was done with all, a slice at a time', async () => {
    start((key, row) => {
      const until = performance.now() + 1;
      while (performance.now() < until);
      return double(key, row);
    });
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`k${at}`, at]));
    source.say(many, { nowComplete: true });
    expect(rows.complete).toBe(false);
    source.say({ k49: 100 });
    await eventually(() => expect(rows.complete).toBe(true));
    expect([...rows.entries()]).toHaveLength(50);
    expect(rows.get('k49')).toBe(200);
    expect(changes.length).toBeGreaterThan(2);
  });

  it('are not there before it is known what to do, and nothing is taken back while that changes', () => {
    start('waiting');
    source.say({ a: 1 }, { nowComplete: true });
    expect([rows.complete, rows.get('a'), changes]).toEqual([false, undefined, []]);
    rows.become('none');
    expect([rows.complete, rows.get('a'), changes.at(-1)?.nowComplete]).toEqual([true, 1, true]);
    rows.become(double);
    expect([rows.complete, rows.get('a'), changes.at(-1)?.nowComplete]).toEqual([true, 2, true]);
    rows.become((_, row) => row);
    expect([rows.complete, rows.get('a')]).toEqual([true, 1]);
    rows.stop();
    source.say({ a: 5 });
    expect(rows.get('a')).toBe(1);
  });
});
