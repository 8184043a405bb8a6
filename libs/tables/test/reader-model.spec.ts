import fc from 'fast-check';
import type { RowOp } from '../src/index.js';
import { FAIR, type Weather } from './model-bus.js';
import { ReaderWorld } from './reader-world.js';
import { afterAnyStory, each, type Happenings, once } from './story.js';

const table = fc.constantFrom(...ReaderWorld.tables);
const op: fc.Arbitrary<RowOp> = fc
  .tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 4 }))
  .map(([key, value]) => (value === 0 ? { key: `k${key}` } : { key: `k${key}`, row: { value } }));
const change = fc.tuple(table, fc.array(op, { maxLength: 8 }));
const notice = fc.constantFrom<'noticed' | 'unnoticed'>('noticed', 'unnoticed');

const life: Happenings<ReaderWorld> = [
  each(8, change, 'write', (world, [name, ops]) => world.write(name, ops)),
  each(4, fc.constantFrom(1, 5, 20, 100), 'wait', (world, ms) => world.clock.pass(ms)),
  each(1, table, 'remove', (world, name) => world.remove(name)),
];

const badWeather: fc.Arbitrary<Weather> = fc.record({
  loss: fc.constantFrom(0, 0.1, 0.5),
  double: fc.constantFrom(0, 0.3),
  delayMs: fc.constantFrom(2, 50, 3000),
});

const mishaps: Happenings<ReaderWorld> = [
  each(4, fc.constantFrom(1500, 6000, 130_000), 'wait', (world, ms) => world.clock.pass(ms)),
  each(2, change, 'write untold', (world, [name, ops]) => world.writeUntold(name, ops)),
  each(2, badWeather, 'weather', (world, next) => void (world.net.weather = next)),
  once(2, 'restart writer', (world) => world.restartWriter()),
  once(2, 'switch over', (world) => world.switchOver()),
  once(1, 'both serve', (world) => world.bothServe()),
  each(2, notice, 'cut', (world, how) => world.cut(how)),
  each(3, notice, 'mend', (world, how) => world.mend(how)),
  each(2, fc.constantFrom<'nothing' | 'dump'>('nothing', 'dump'), 'restart reader from', (world, from) =>
    world.startReader(from),
  ),
];

const disasters: Happenings<ReaderWorld> = [
  ...mishaps,
  once(2, 'save', (world) => world.save()),
  once(2, 'set back', (world) => world.setBack()),
];

function expectReplicasToBeTheTables(world: ReaderWorld): void {
  expect(world.violations).toEqual([]);
  for (const [name, replica] of world.replicas) {
    const rows = [...replica.entries()].sort(([left], [right]) => (left < right ? -1 : 1));
    expect({ name, rows }).toEqual({ name, rows: [...world.source.rowsOf(name)] });
    expect([...(world.told.get(name) ?? [])].sort()).toEqual(rows.sort());
    expect({ complete: replica.complete, stale: replica.stale }).toEqual({ complete: true, stale: false });
    expect(replica.epoch).toBe(world.source.epoch);
  }
}

/** Of a table of twelve keys four rows are held, and one more in any case. */
const BOUND = { most: () => 4, keeps: (key: string) => key === 'k1', isKnown: () => true };

function expectReplicaToBeOfTheTable(world: ReaderWorld): void {
  const [, name] = ReaderWorld.tables;
  const replica = world.replicas.get(name);
  const isHeld = (key: string): boolean => BOUND.keeps(key) || !replica?.partial || replica.get(key) !== undefined;
  const held = new Map(replica?.entries());
  expect(world.violations).toEqual([]);
  expect(held).toEqual(new Map([...world.source.rowsOf(name)].filter(([key]) => isHeld(key))));
  expect(world.told.get(name)).toEqual(held);
  expect(held.size).toBeGreaterThanOrEqual(replica?.partial ? BOUND.most() / 2 : 0);
  expect(replica).toMatchObject({ complete: true, stale: false });
}

function worldWithReader(seed: number, checkMs?: readonly [number, number]): ReaderWorld {
  const world = new ReaderWorld(seed, checkMs);
  world.startReader('nothing');
  return world;
}

describe('A replica', () => {
  it(
    'is the table again after some silence, whatever happened to messages, writers, databases and connections',
    () =>
      afterAnyStory([...life, ...disasters], worldWithReader, async (world) => {
        world.net.weather = FAIR;
        world.mend('unnoticed');
        await world.clock.pass(260_000);
        expectReplicasToBeTheTables(world);
      }),
    600_000,
  );

  it(
    'is the table within a moment, without any beat or check, where messages are only doubled and reordered',
    () =>
      afterAnyStory(
        life,
        (seed) => {
          const world = worldWithReader(seed, [1e9, 1e9]);
          world.beats = 'none';
          world.net.weather = { loss: 0, double: 0.3, delayMs: 10 };
          return world;
        },
        async (world) => {
          await world.clock.pass(3000);
          expectReplicasToBeTheTables(world);
        },
      ),
    600_000,
  );

  it(
    'is as much of the table as its bound allows, and was never more, unless a backup was restored',
    () =>
      afterAnyStory(
        [...life, ...mishaps],
        (seed) => {
          const world = new ReaderWorld(seed);
          world.bound = BOUND;
          world.startReader('nothing');
          return world;
        },
        async (world) => {
          world.net.weather = FAIR;
          world.mend('unnoticed');
          await world.clock.pass(260_000);
          expectReplicaToBeOfTheTable(world);
        },
      ),
    600_000,
  );
});
