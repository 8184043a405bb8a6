import fc from 'fast-check';
import { FAIR, type Weather } from './model-bus.js';
import { PushWorld, TABLE } from './push-world.js';
import type { Value } from './reader-world.js';
import { afterAnyStory, each, type Happenings, once } from './story.js';

const key = fc.integer({ min: 0, max: 11 }).map((at) => `k${at}`);
const row: fc.Arbitrary<[string, Value]> = fc.tuple(
  key,
  fc.integer({ min: 1, max: 4 }).map((value) => ({ value })),
);
const weather: fc.Arbitrary<Weather> = fc.record({
  loss: fc.constantFrom(0, 0.1, 0.5),
  double: fc.constantFrom(0, 0.5),
  delayMs: fc.constantFrom(2, 50, 3000, 8000),
});

const happenings: Happenings<PushWorld> = [
  each(8, row, 'put', ({ writer }, [name, value]) => writer.put(name, value)),
  each(4, key, 'drop', ({ writer }, name) => writer.drop(name)),
  each(1, fc.array(row), 'replace all', ({ writer }, rows) => writer.replaceAll(rows)),
  each(10, fc.constantFrom(2, 10, 100, 1500, 6000), 'wait', (world, ms) => world.clock.pass(ms)),
  each(5, weather, 'weather', (world, next) => void (world.net.weather = next)),
  once(1, 'reopen', (world) => world.reopen()),
  once(1, 'restart', (world) => world.restart()),
  once(1, 'take over', (world) => world.takeOver()),
  each(2, row, 'the predecessor wakes and puts', (world, [name, value]) => world.wakePredecessor(name, value)),
  once(1, 'switch over', (world) => world.switchOver()),
  once(1, 'both serve', (world) => world.bothServe()),
  once(1, 'cut', (world) => world.cut()),
  once(2, 'mend', (world) => world.mend()),
];

const disastersThatOnlyVerificationHeals: Happenings<PushWorld> = [
  once(1, 'restart under the same epoch', (world) => world.restartUnderTheSameEpoch()),
  each(2, fc.constant(130_000), 'wait', (world, ms) => world.clock.pass(ms)),
  once(2, 'save', (world) => world.save()),
  once(2, 'set back', (world) => world.setBack()),
];

async function expectTheStoreToHoldTheTableAfter(ms: number, world: PushWorld): Promise<void> {
  world.net.weather = FAIR;
  world.mend();
  await world.clock.pass(ms);
  expect([...world.store.rowsOf(TABLE)]).toEqual(world.agentsRows());
  expect(world.writer.status).toBe('settled');
}

describe('A pushed table', () => {
  it(
    'is at the receiver what it is at the agent, whatever happened to messages, agents, receivers and their database',
    () =>
      afterAnyStory(
        [...happenings, ...disastersThatOnlyVerificationHeals],
        (seed) => new PushWorld(seed),
        (world) => expectTheStoreToHoldTheTableAfter(260_000, world),
      ),
    600_000,
  );

  it(
    'needs no later verification to be so, as long as each session has its own epoch and the database keeps what it has committed',
    () =>
      afterAnyStory(
        happenings,
        (seed) => new PushWorld(seed, [1e9, 1e9]),
        (world) => expectTheStoreToHoldTheTableAfter(100_000, world),
      ),
    600_000,
  );
});
