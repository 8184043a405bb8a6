import { syncReport } from '@l2gw/contracts';
import { eventually } from '../harness/eventually.js';
import type { Program } from '../harness/program.js';
import type { SyncCloud } from '../harness/sync-cloud.js';
import { Pipe } from './support/pipe.js';
import { PATIENTLY, TwoSyncClouds, gone, macs, range } from './support/two-sync-clouds.js';

type World = TwoSyncClouds<Pipe>;

const LIMIT_MS = 120_000;

/** Every story has clouds of its own, so that several wait for silence at the same time. */
const story = (name: string, tell: (world: World) => Promise<void>): void =>
  it.concurrent(name, async () => (await TwoSyncClouds.start(Pipe.to)).during(tell), LIMIT_MS);

const logged = (program: Program, event: object): Promise<void> =>
  eventually(() => expect(program.events).toContainEqual(expect.objectContaining(event)), PATIENTLY);
const writesOf = (cloud: SyncCloud): number => cloud.api.writes.filter((table) => table.startsWith('import/')).length;
const reports = ({ b }: World, key: string, row: object): Promise<void> =>
  eventually(() => expect(b.api.report(key)).toMatchObject(row), PATIENTLY);
/** A session of remote-sync after this one; under another's load a lease may be lost once more. */
const isLiveAgain = (world: World, before: number): Promise<void> =>
  eventually(() => {
    expect(world.states()[1]).toBe('live');
    expect(epochOf(world)).toBeGreaterThan(before);
  }, PATIENTLY);
const epochOf = ({ b }: World): number => {
  const row = b.api.report('peer/a');
  return row?.report === 'peer' ? (row.epoch ?? 0) : 0;
};
/** Nor is anything written about the peer: whatever was reported before the restart is true after it. */
async function costsNothing(cloud: SyncCloud): Promise<void> {
  const { api } = cloud;
  const reported = (): object => Object.fromEntries(api.pushed.rowsOf(syncReport.table));
  const [{ length }, told, epoch] = [api.writes, reported(), api.settled.get(syncReport.table) ?? 0];
  await cloud.program.stop();
  await cloud.startSync();
  await eventually(() => expect(api.settled.get(syncReport.table)).toBeGreaterThan(epoch), PATIENTLY);
  expect(reported()).toEqual(told);
  expect(api.writes.slice(length)).toEqual([]);
}
const arrives = (world: World, wanted: readonly string[]): Promise<void> =>
  eventually(() => expect(world.importedByB()).toEqual(wanted), PATIENTLY);

describe('What a peer has said', () => {
  story('goes after its time when the peer stays silent', async (world) => {
    world.bMeetsA({ staleSeconds: 1 });
    world.route.hold();
    await reports(world, 'peer/a', { state: 'silent' });
    await arrives(world, []);
    world.route.cut();
    await arrives(world, range(0, 200));
  });

  story(
    'is kept while its remote-sync is dead, and exactly what went meanwhile goes when it is back',
    async (world) => {
      const { a, b } = world;
      await a.program.kill();
      a.api.export('net-a', gone(0, 100));
      await reports(world, 'peer/a', { state: 'silent' });
      expect(world.importedByB()).toHaveLength(200);
      const before = b.api.pushed.writes;
      await a.startSync();
      await arrives(world, range(100, 200));
      await world.areLive();
      await reports(world, 'stretch/net-b', { state: 'live', accepted: 100 });
      expect(b.api.pushed.writes - before).toBeLessThan(100 + 20);
    },
  );

  story('costs no write when either end is restarted and nothing has changed', async (world) => {
    const { a, b } = world;
    const [before, epoch] = [writesOf(b), epochOf(world)];
    await a.program.stop();
    await reports(world, 'peer/a', { state: 'silent', reason: 'it has said good-bye' });
    await a.startSync();
    await isLiveAgain(world, epoch);
    await reports(world, 'stretch/net-b', { accepted: 200, digestsEqual: true });
    expect(world.importedByB()).toHaveLength(200);
    expect(writesOf(b)).toBe(before);
    await costsNothing(b);
    expect(b.api.report('stretch/net-b')).toMatchObject({ state: 'live', accepted: 200 });
  });

  story('is kept when a second instance takes over from one that died', async (world) => {
    const { a, b } = world;
    const active = a.program;
    const standby = await a.startSync();
    await logged(standby, { event: 'standby' });
    const [before, epoch] = [writesOf(b), epochOf(world)];
    await active.kill();
    await logged(standby, { event: 'active' });
    await isLiveAgain(world, epoch);
    a.api.export('net-a', gone(0, 10));
    await arrives(world, range(10, 200));
    expect(writesOf(b)).toBe(before + 1);
  });

  story('is not told by an instance that was paused while another one took over', async (world) => {
    const { a, b } = world;
    const [paused, epoch] = [a.program, epochOf(world)];
    const successor = await a.startSync();
    await logged(successor, { event: 'standby' });
    paused.pause();
    await logged(successor, { event: 'active' });
    await isLiveAgain(world, epoch);
    a.api.export('net-a', gone(0, 10));
    await arrives(world, range(10, 200));
    const epochAfter = epochOf(world);
    paused.resume();
    await logged(paused, { event: 'standby' });
    a.api.export('net-a', gone(10, 20));
    await arrives(world, range(20, 200));
    expect(b.api.report('peer/a')).toMatchObject({ state: 'live', epoch: epochAfter });
  });

  story('is not told by an instance that the API no longer answers, and is told again when it does', async (world) => {
    const { a } = world;
    const epoch = epochOf(world);
    a.api.isAway = true;
    await logged(a.program, { event: 'not-active' });
    await reports(world, 'peer/a', { state: 'silent' });
    expect(world.importedByB()).toHaveLength(200);
    a.api.isAway = false;
    await isLiveAgain(world, epoch);
  });

  story('is what the peer has now, also when its database was set back to an older epoch', async (world) => {
    const { a } = world;
    for (const restart of [1, 2]) {
      const before = epochOf(world);
      await a.program.kill();
      await a.startSync();
      await isLiveAgain(world, before);
      expect(epochOf(world)).toBeGreaterThan(restart);
    }
    const seen = epochOf(world);
    await a.program.kill();
    a.api.setEpochBack(0);
    a.api.export('net-a', gone(0, 150));
    await a.startSync();
    await isLiveAgain(world, seen);
    await arrives(world, range(150, 200));
  });

  story('survives a restart of the bus under it', async (world) => {
    const { a } = world;
    await a.nats.restart();
    a.api.export('net-a', gone(0, 20));
    await arrives(world, range(20, 200));
    await world.areLive();
  });

  for (const [who, at] of [
    ['who tells it', 'a'],
    ['who hears it', 'b'],
  ] as const) {
    story(`comes whole, though ${who} is killed in the middle of ten thousand MACs`, async (world) => {
      const { a, route } = world;
      route.holdAfter(300_000);
      a.api.export('net-a', macs(200, 10_000));
      await eventually(() => expect(route.isHeld).toBe(true), PATIENTLY);
      await world[at].program.kill();
      expect(world.importedByB().length).toBeLessThan(10_000);
      route.release();
      await world[at].startSync();
      await reports(world, 'stretch/net-b', { accepted: 10_000, digestsEqual: true });
      await eventually(() => expect(world.importedByB()).toHaveLength(10_000), PATIENTLY);
      expect(world.importedByB()).toEqual(range(0, 10_000));
    });
  }
});
