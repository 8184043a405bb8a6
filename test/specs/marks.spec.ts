import fc from 'fast-check';
import { MarkLists1700000000033 } from '../../apps/api/src/database/migrations/0033-mark-lists.js';
import { MarkQueue } from '../../apps/api/src/compiling/marks.js';
import { type Poison, Round } from '../../apps/api/src/compiling/round.js';
import { type Mark, markMac, markVtep } from '../../apps/api/src/database/facts.js';
import { insertPorts } from '../../apps/api/src/inventory/port-store.js';
import { MARKERS, MarkingHistory, markingStory } from './support/marking-history.js';
import { MarkingWorld } from './support/marking-world.js';
import { portOf } from './support/new-port.js';

const NETWORK = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const STORIES = Number(process.env['L2GW_MODEL_RUNS'] ?? 40);

const mac = (n: number): string =>
  `02:00:00:00:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`;
const macs = (count: number, first = 0): string[] => Array.from({ length: count }, (_, n) => mac(first + n));
const marksOf = (network: string, names: readonly string[]): Mark[] => names.map((name) => markMac(network, name));
const textOf = ({ table, key }: Mark): string => `${table} ${key}`;

describe('Marks', () => {
  let world: MarkingWorld;
  beforeAll(async () => {
    world = await MarkingWorld.start();
  });
  afterAll(() => world?.stop());
  beforeEach(() => world.database.query('TRUNCATE dirty_mark'));

  const take = (queue: MarkQueue, limit: number) => world.compiler.transaction(() => queue.take(world.compiler, limit));
  const sizes = async () =>
    (await world.waiting()).map(({ lane, table, keys }) => [lane, table.slice(0, 9), keys.length]);

  it('of one table and one transaction are put together, 64 at the most, each of them once', async () => {
    await world.mark(...marksOf(NETWORK, macs(130)), ...marksOf(OTHER, macs(1)), ...marksOf(NETWORK, macs(3)));
    expect(await sizes()).toEqual([
      [1, 'network/1', 64],
      [1, 'network/1', 64],
      [1, 'network/1', 2],
      [1, 'network/2', 1],
    ]);
    const taken = await take(new MarkQueue(), 1000);
    expect(taken.marks.map(textOf).sort()).toEqual(
      [...marksOf(NETWORK, macs(130)), ...marksOf(OTHER, macs(1))].map(textOf).sort(),
    );
  });

  it('that a statement selects are put together as well, and are a bulk from 51 on', async () => {
    const select = (count: number, network: string) =>
      world.facts.commit((tx) =>
        tx.markSelected(`SELECT 'network/' || $1::text, 'mac/' || n FROM generate_series(1, $2::integer) AS n`, [
          network,
          count,
        ]),
      );
    await select(50, NETWORK);
    await select(51, NETWORK);
    await select(0, NETWORK);
    await select(130, OTHER);
    expect(await sizes()).toEqual([
      [0, 'network/1', 50],
      [1, 'network/1', 51],
      [1, 'network/2', 64],
      [1, 'network/2', 64],
      [1, 'network/2', 2],
    ]);
  });

  it('of ports that are stored at once are put together if they are a bulk', async () => {
    const network = await world.networkWith(macs(1));
    await insertPorts(
      world.facts.db,
      macs(2, 1).map((each) => portOf(network, each)),
    );
    await insertPorts(
      world.facts.db,
      macs(130, 3).map((each) => portOf(network, each)),
    );
    expect((await world.waiting()).map(({ lane, keys }) => [lane, keys.length])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
      [1, 64],
      [1, 64],
      [1, 3],
    ]);
    const { marks } = await take(new MarkQueue(), 1000);
    const expected = [...marksOf(network, macs(132, 1)), markVtep(network, '10.0.0.11')];
    expect(marks.map(textOf).sort()).toEqual(expected.map(textOf).sort());
  });

  it('come back, whatever their texts are', async () => {
    const marks = ['', 'NULL', 'a,b', '{}', '"', '\\', '\\"', ' edge ', "o'clock", 'ä€😀', 'a\nb'].map((key) => ({
      table: `t ${key}`,
      key,
    }));
    await world.mark(...marks);
    expect(new Set((await take(new MarkQueue(), 100)).marks)).toEqual(new Set(marks));
  });

  it('of single changes overtake bulks, which get a quarter of each round even so', async () => {
    await world.mark(...marksOf(NETWORK, macs(1000)));
    for (let n = 0; n < 100; n += 1) await world.mark(...marksOf(OTHER, macs(2, 2 * n)));
    const queue = new MarkQueue();
    const rounds = [];
    for (let marks = 1; marks > 0;) {
      const taken = await take(queue, 100);
      taken.commit();
      marks = taken.marks.length;
      rounds.push(
        [0, 1].map((lane) => taken.lists.filter((list) => list.lane === lane).flatMap((list) => list.keys).length),
      );
    }
    expect(rounds.slice(0, 4)).toEqual([
      [76, 64],
      [76, 64],
      [48, 64],
      [0, 128],
    ]);
    expect(rounds.reduce((sum, [single = 0, bulk = 0]) => [sum[0]! + single, sum[1]! + bulk], [0, 0])).toEqual([
      200, 1000,
    ]);
  });

  it('of many tables fill a round as well', async () => {
    await world.mark(...Array.from({ length: 150 }, (_, n) => ({ table: `table/${n}`, key: '' })));
    expect(await take(new MarkQueue(), 100)).toMatchObject({ full: true, marks: { length: 100 } });
  });

  it('are taken once each, whichever transactions end or fail meanwhile, in whatever order, and however rounds fail', async () => {
    const sessions = await world.sessions(MARKERS);
    const property = fc.asyncProperty(markingStory, async (happenings) => {
      const history = new MarkingHistory(world.compiler, sessions);
      for (const happening of happenings) await history.happens(happening);
      await history.expectToEnd();
      expect(await world.waiting()).toEqual([]);
    });
    await fc
      .assert(property, { numRuns: STORIES })
      .finally(() => Promise.all(sessions.map((session) => session.end())));
  }, 120_000);

  describe('of facts that nobody can compile', () => {
    const compile = async (): Promise<readonly Poison[]> => {
      const poisons: Poison[] = [];
      const round = new Round(world.compiler, 'source_node', (poison) => poisons.push(poison));
      while ((await round.run()).more);
      expect(await world.waiting()).toEqual([]);
      return poisons;
    };
    const without = (all: readonly string[], ...some: readonly string[]) => all.filter((each) => !some.includes(each));

    it('are reported alone and left: the others of their list are compiled', async () => {
      const all = macs(61);
      const network = await world.networkWith(all);
      await world.spoil(network, mac(30));
      await world.mark(...marksOf(network, all));
      expect(await sizes()).toEqual([[1, expect.any(String), 61]]);
      const [poison, ...others] = await compile();
      expect(poison).toMatchObject({
        mark: markMac(network, mac(30)),
        error: { message: expect.stringMatching(/nonsense/) },
      });
      expect(others).toEqual([]);
      expect(await world.derived(network)).toEqual(without(all, mac(30)));
    });

    it('are reported one by one: all others of a bulk are compiled, and those of single changes', async () => {
      const all = macs(1000);
      const [bulk, single] = [await world.networkWith(all), await world.networkWith(macs(3))];
      const bad = [mac(0), mac(500), mac(501), mac(999)];
      for (const each of bad) await world.spoil(bulk, each);
      await world.spoil(single, mac(1));
      await world.mark(...marksOf(bulk, all));
      await world.mark(...marksOf(single, macs(3)));
      const poisons = await compile();
      expect(poisons.map((poison) => textOf(poison.mark)).sort()).toEqual(
        [...marksOf(bulk, bad), markMac(single, mac(1))].map(textOf).sort(),
      );
      expect(await world.derived(bulk)).toEqual(without(all, ...bad));
      expect(await world.derived(single)).toEqual([mac(0), mac(2)]);
    });

    it('are compiled when they are marked again and can be', async () => {
      const network = await world.networkWith(macs(2));
      await world.spoil(network, mac(1));
      await world.mark(...marksOf(network, macs(2)));
      expect(await compile()).toHaveLength(1);
      await world.database.query(`UPDATE port_mac SET ips = '{}' WHERE network_id = $1`, [network]);
      await world.mark(markMac(network, mac(1)));
      expect(await compile()).toEqual([]);
      expect(await world.derived(network)).toEqual(macs(2));
    });
  });

  describe('of a schema in which each had a row', () => {
    const migrate = async (way: 'up' | 'down'): Promise<void> => {
      const runner = world.database.createQueryRunner();
      await new MarkLists1700000000033()[way](runner);
      await runner.release();
    };
    const marks = [...marksOf(NETWORK, macs(130)), { table: 'sync', key: '' }];

    it('wait in lists, single changes before bulks', async () => {
      await migrate('down');
      try {
        for (const { table, key } of marks)
          await world.database.query('INSERT INTO dirty_mark (lane, table_name, key) VALUES ($1, $2, $3)', [
            key === '' ? 0 : 1,
            table,
            key,
          ]);
      } finally {
        await migrate('up');
      }
      expect((await sizes()).sort()).toEqual([
        [0, 'sync', 1],
        [1, 'network/1', 2],
        [1, 'network/1', 64],
        [1, 'network/1', 64],
      ]);
      const { marks: taken } = await take(new MarkQueue(), 1000);
      expect(taken.map(textOf).sort()).toEqual(marks.map(textOf).sort());
    });

    it('have their rows again when that schema comes back', async () => {
      await world.mark(...marks);
      await migrate('down');
      try {
        const rows: (Mark & { lane: number })[] = await world.database.query(
          'SELECT lane, table_name AS table, key FROM dirty_mark',
        );
        expect(rows.map(textOf).sort()).toEqual(marks.map(textOf).sort());
        expect(new Set(rows.map((row) => row.lane))).toEqual(new Set([1]));
      } finally {
        await migrate('up');
      }
    });
  });
});
