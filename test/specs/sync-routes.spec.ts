import { DroppingRelay } from '../harness/dropping-relay.js';
import { eventually } from '../harness/eventually.js';
import { Pipe } from './support/pipe.js';
import { Random } from './support/random.js';
import { PATIENTLY, TwoSyncClouds, gone, mac, macs, port, range } from './support/two-sync-clouds.js';

const LIMIT_MS = 120_000;
const ROUNDS = 40;

/** Every route has clouds of its own at its ends, so that several are bad at the same time. */
describe('A route between clouds', () => {
  it.concurrent(
    'that swallows everything leaves what is known, and all is right again soon after it was cut',
    async () => {
      const world = await TwoSyncClouds.start(Pipe.to);
      await world.during(async ({ b, route }) => {
        route.hold();
        await eventually(() => expect(world.states()).toEqual(['silent', 'silent']), PATIENTLY);
        change(world);
        await eventually(() => expect(b.api.report('stretch/net-b')).toMatchObject({ state: 'stale', accepted: 200 }));
        expect(world.importedByB()).toHaveLength(200);
        route.cut();
        await isRight(world);
      });
    },
    LIMIT_MS,
  );

  it.concurrent(
    'that swallows everything for so long that the dialler tries anew delivers late what was said before it, and does no harm',
    async () => {
      const world = await TwoSyncClouds.start(Pipe.to);
      await world.during(async ({ a, b, route }) => {
        route.hold();
        change(world);
        await eventually(() => expect(route.connections).toBeGreaterThan(2), { timeoutMs: 60_000 });
        expect(world.states()).toEqual(['silent', 'silent']);
        expect([world.importedByA().length, world.importedByB().length]).toEqual([10, 200]);
        route.release();
        await isRight(world);
        expect([a.programs, b.programs].map(({ length }) => length)).toEqual([1, 1]);
      });
    },
    LIMIT_MS,
  );

  it.concurrent(
    'on which one cloud hears the other, but not the other way, has two ends with a state each, and nothing is taken away',
    async () => {
      let isDeaf = false;
      const world = await TwoSyncClouds.start((target) => DroppingRelay.start(target, () => isDeaf));
      await world.during(async ({ a, b }) => {
        isDeaf = true;
        await eventually(() => expect(world.states()).toEqual(['live', 'silent']), PATIENTLY);
        change(world);
        await eventually(() => expect(world.importedByA()).toEqual(range(1005, 1010)), PATIENTLY);
        await eventually(() => expect(b.api.report('stretch/net-b')).toMatchObject({ state: 'stale', accepted: 200 }));
        expect(world.importedByB()).toEqual(range(0, 200));
        expect(world.states()).toEqual(['live', 'silent']);
        await eventually(() => expect(a.api.report('stretch/net-a')).toMatchObject({ state: 'live', accepted: 5 }));
        isDeaf = false;
        await isRight(world);
      });
    },
    LIMIT_MS,
  );

  it.concurrent(
    'that loses all that is said of one network is asked what that was at the next life sign, whatever came of another later',
    async () => {
      let isLost = false;
      const world = await TwoSyncClouds.start((target) =>
        DroppingRelay.start(target, (subject) => isLost && subject.includes('seg-457')),
      );
      await world.during(async ({ a, b, route }) => {
        a.api.export('other-a', macs(2000, 2010));
        a.share('other-a', 'b', { segId: 457 });
        b.share('other-b', 'a', { segId: 457 });
        const arrived = (): number => Object.keys(b.api.imported('a', 'other-b')).length;
        const known = { state: 'live', accepted: 10, digestsEqual: true };
        await eventually(() => expect(b.api.report('stretch/other-b')).toMatchObject(known), PATIENTLY);
        isLost = true;
        a.api.export('other-a', macs(2010, 2020));
        a.api.export('net-a', macs(200, 210));
        await eventually(() => expect(world.importedByB()).toHaveLength(210), PATIENTLY);
        await eventually(() => expect(arrived()).toBe(20), PATIENTLY);
        expect(route.dropped).toBeGreaterThan(0);
      });
    },
    LIMIT_MS,
  );

  it.concurrent(
    'that loses a third, doubles some and delays the rest delays the truth and never bends it',
    async () => {
      const random = new Random(37);
      let isBad = false;
      const happens = (chance: number) => (subject: string) =>
        isBad && subject.includes('cloud') && random.next() < chance;
      const delayMs = (): number => (isBad ? random.below(200) : 0);
      const world = await TwoSyncClouds.start((target) =>
        DroppingRelay.start(target, happens(0.33), { doubles: happens(0.05), delayMs }),
      );
      await world.during(async ({ a, b, route }) => {
        const said = new Set(Object.entries(b.api.imported('a', 'net-b')).map(spelled));
        const say = (row: Record<string, object | undefined>): void => {
          for (const each of Object.entries(row)) said.add(spelled(each));
          a.api.export('net-a', row);
        };
        isBad = true;
        for (let round = 1; round <= ROUNDS; round += 1) {
          say({ [mac(round)]: port(round), [mac(1000 + round)]: port(), [mac(999 + round)]: undefined });
          await eventually(() => expect(route.dropped).toBeGreaterThanOrEqual(round / 2), PATIENTLY);
          for (const row of Object.entries(b.api.imported('a', 'net-b'))) expect(said).toContain(spelled(row));
        }
        isBad = false;
        const wanted = { ...macs(0, 200), [mac(1000 + ROUNDS)]: port() };
        for (let round = 1; round <= ROUNDS; round += 1) wanted[mac(round)] = port(round);
        await eventually(() => expect(b.api.imported('a', 'net-b')).toEqual(wanted));
      });
    },
    LIMIT_MS,
  );
});

const spelled = (row: readonly [string, unknown]): string => JSON.stringify(row);

/** What happens at both ends while they do not hear each other. */
function change({ a, b }: TwoSyncClouds<Pipe | DroppingRelay>): void {
  a.api.export('net-a', { ...gone(0, 50), ...macs(300, 310) });
  b.api.export('net-b', gone(1000, 1005));
}

async function isRight(world: TwoSyncClouds<Pipe | DroppingRelay>): Promise<void> {
  await eventually(() => expect(world.importedByB()).toEqual([...range(50, 200), ...range(300, 310)]));
  await eventually(() => expect(world.importedByA()).toEqual(range(1005, 1010)));
  await world.areLive();
}
