import { type Failure, Reconciler, Terminal, delayAfter } from './index.js';

const backOff = { firstMs: 1, mostMs: 8, random: () => 0 };

function world(reconcile: (keys: readonly string[]) => Promise<void>, sizes = { batch: 10, window: 1 }) {
  const failures: Failure<string>[] = [];
  const loop = new Reconciler<string>({ reconcile, backOff, ...sizes, onFailure: (failure) => failures.push(failure) });
  loop.start();
  return { loop, failures };
}

describe('The reconciler', () => {
  it('works marks of one moment off in one batch, each key once', async () => {
    const batches: (readonly string[])[] = [];
    const { loop } = world(async (keys) => void batches.push(keys));
    loop.mark('a', 'b');
    loop.mark('a');
    await loop.settled();
    expect(batches).toEqual([['a', 'b']]);
  });

  it('makes one more pass, not two, for a key that is marked while it is being worked on', async () => {
    const passes: string[] = [];
    const { loop } = world(async (keys) => {
      passes.push(...keys);
      if (passes.length === 1) loop.mark('a', 'a', 'a');
      await new Promise((resolve) => setImmediate(resolve));
    });
    loop.mark('a');
    await loop.settled();
    expect(passes).toEqual(['a', 'a']);
  });

  it('never works on one key twice at once, and keeps to its window and batch size', async () => {
    let running = 0;
    let most = 0;
    const busy = new Set<string>();
    const { loop } = world(
      async (keys) => {
        most = Math.max(most, ++running);
        expect(keys.length).toBeLessThanOrEqual(3);
        for (const key of keys) expect(busy.has(key)).toBe(false);
        for (const key of keys) busy.add(key);
        await new Promise((resolve) => setImmediate(resolve));
        for (const key of keys) busy.delete(key);
        running -= 1;
      },
      { batch: 3, window: 4 },
    );
    for (let round = 0; round < 20; round += 1) {
      loop.markAll(Array.from({ length: 30 }, (_, n) => `key-${(n * 7 + round) % 40}`));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await loop.settled();
    expect(most).toBe(4);
  });

  it('lets a key that is marked by itself go before what is left of a list, and passes over it once more when its turn in the list comes', async () => {
    const batches: (readonly string[])[] = [];
    const { loop } = world(
      async (keys) => {
        batches.push(keys);
        if (batches.length === 1) loop.mark('x', 'd');
      },
      { batch: 2, window: 1 },
    );
    loop.markList('all', ['a', 'b', 'c', 'd']);
    expect(loop.size).toBe(4);
    await loop.settled();
    expect(batches).toEqual([
      ['a', 'b'],
      ['x', 'd'],
      ['c', 'd'],
    ]);
    expect(loop.size).toBe(0);
  });

  it('takes a list instead of what is left of the one of the same name, and no key twice at once', async () => {
    const batches: (readonly string[])[] = [];
    const { loop } = world(
      async (keys) => {
        batches.push(keys);
        if (batches.length === 1) loop.markList('all', ['b', 'e', 'e']);
        await new Promise((resolve) => setImmediate(resolve));
      },
      { batch: 2, window: 2 },
    );
    loop.markList('all', ['a', 'b', 'c', 'd']);
    loop.markList('others', ['z']);
    await loop.settled();
    expect(batches).toEqual([
      ['a', 'b'],
      ['z', 'e'],
      ['b', 'e'],
    ]);
  });

  it('takes lists one after the other, and a new one of a name after those that have waited longer', async () => {
    const taken: string[] = [];
    const { loop } = world(
      async (keys) => {
        taken.push(...keys);
        if (taken.length === 1) loop.markList('one', ['a2', 'a3']);
        if (taken.length === 3) loop.markList('three', ['c1']);
      },
      { batch: 1, window: 1 },
    );
    loop.markList('one', ['a1', 'a2']);
    loop.markList('two', ['b1', 'b2']);
    await loop.settled();
    loop.markList('two', ['b3']);
    await loop.settled();
    expect(taken).toEqual(['a1', 'b1', 'b2', 'a2', 'a3', 'c1', 'b3']);
  });

  it('forgets a list like everything else that was not begun', async () => {
    const { loop } = world(async () => undefined);
    loop.markList('all', ['a', 'b']);
    loop.clear();
    expect([loop.size, loop.idle]).toEqual([0, true]);
  });

  it('tries a failed batch once more as it is, then key by key, so that one bad key holds up nobody', async () => {
    const done = new Set<string>();
    const sizes: number[] = [];
    let bad = true;
    const { loop } = world(async (keys) => {
      sizes.push(keys.length);
      if (bad && keys.includes('bad')) throw new Error('refused');
      for (const key of keys) done.add(key);
      if (done.size === 3) bad = false;
    });
    loop.mark('a', 'bad', 'b', 'c');
    await loop.settled();
    expect([...done].sort()).toEqual(['a', 'b', 'bad', 'c']);
    expect(sizes.slice(0, 3)).toEqual([4, 4, 1]);
  });

  it('lets a key rest after a terminal error until it is marked again', async () => {
    let passes = 0;
    const { loop, failures } = world(async () => {
      passes += 1;
      if (passes === 1) throw new Terminal('read-only');
    });
    loop.mark('a');
    await loop.settled();
    expect(passes).toBe(1);
    expect(failures[0]?.retryInMs).toBeUndefined();
    loop.mark('a');
    await loop.settled();
    expect(passes).toBe(2);
  });

  it('waits twice as long after each failure, up to a limit', () => {
    expect([0, 1, 2, 3, 4, 50].map((failures) => delayAfter(backOff, failures))).toEqual([1, 2, 4, 8, 8, 8]);
    expect(delayAfter({ ...backOff, random: () => 1 }, 3)).toBe(6);
  });

  it('begins nothing after it was stopped', async () => {
    let passes = 0;
    const { loop } = world(async () => void (passes += 1));
    await loop.stop();
    loop.mark('a');
    await new Promise((resolve) => setImmediate(resolve));
    expect(passes).toBe(0);
  });
});
