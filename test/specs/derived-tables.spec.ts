import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { CompilerConnection } from '../../apps/api/src/compiling/compiler-connection.js';
import { createDataSource } from '../../apps/api/src/database/data-source.js';
import { Drops1700000000032 } from '../../apps/api/src/database/migrations/0032-drops.js';
import { DerivedTables } from '../../apps/api/src/publishing/derived-tables.js';
import { createDatabase } from '../harness/shared-postgres.js';
import { type Change, DerivedHistory } from './support/derived-history.js';

const STORIES = Number(process.env['L2GW_MODEL_RUNS'] ?? 40);

type Happening =
  | { readonly what: 'change' | 'replace'; readonly changes: readonly Change[] }
  | { readonly what: 'prune'; readonly twentieths: number };

const key = fc.integer({ min: 0, max: 9 }).map((at) => `mac/02:00:00:00:00:0${at}`);
const change: fc.Arbitrary<Change> = fc
  .tuple(key, fc.integer({ min: 0, max: 3 }))
  .map(([name, value]) => [name, value < 2 ? undefined : { value }]);
const changes = fc.array(change, { maxLength: 6 });
const story = fc.array(
  fc.oneof<fc.WeightedArbitrary<Happening>[]>(
    { weight: 8, arbitrary: fc.record({ what: fc.constant('change'), changes }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('replace'), changes }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('prune'), twentieths: fc.constantFrom(0, 0, 5, 15, 20) }) },
  ),
  { minLength: 5, maxLength: 30 },
);

describe('A derived table', () => {
  let database: DataSource;
  let compiler: CompilerConnection;
  beforeAll(async () => {
    const settings = { url: await createDatabase('derived tables'), connections: 2 };
    database = createDataSource(settings);
    await database.initialize();
    await database.runMigrations();
    const connection = await CompilerConnection.acquire(settings, () => undefined);
    if (connection === undefined) throw new Error('somebody else compiles');
    compiler = connection;
  });
  afterAll(async () => {
    await compiler?.close();
    await database?.destroy();
  });

  const newTable = () => new DerivedHistory(compiler, database, `network/${randomUUID()}`);
  const row = (value: number): object => ({ value });

  it('is had by whoever asks what has changed since any revision, unless too much is forgotten, whatever came, went, came back and was pruned', async () => {
    const property = fc.asyncProperty(story, fc.integer({ min: 1, max: 4 }), async (happenings, rows) => {
      const history = newTable();
      await history.change([['mac/02:00:00:00:00:00', row(1)]]);
      for (const happening of happenings) {
        if (happening.what === 'prune') await history.prune(happening.twentieths);
        else await history[happening.what](happening.changes);
      }
      await history.expectToBeResumed(rows);
      await history.expectToBeComplete();
    });
    await fc.assert(property, { numRuns: STORIES });
  }, 300_000);

  it('remembers one drop of each key at the most when it is pruned, however often the key went, and none after a day', async () => {
    const history = newTable();
    const keys = Array.from({ length: 1200 }, (_, n) => `mac/${n}`);
    for (let round = 0; round < 3; round += 1) {
      await history.change(keys.map((name) => [name, row(round)]));
      await history.replace([['mac/0', row(round)]]);
    }
    await history.expectToBeResumed(500);
    await history.prune(0);
    await history.expectToBeResumed(500);
    await history.prune(20);
    await history.expectToBeResumed(500);
  });

  describe('of a schema in which drops were rows', () => {
    const migrate = async (way: 'up' | 'down'): Promise<void> => {
      const runner = database.createQueryRunner();
      await new Drops1700000000032()[way](runner);
      await runner.release();
    };
    const since = (history: DerivedHistory, revision: number) =>
      new DerivedTables(database).since(history.table, revision, { rows: 10, bytes: Infinity });

    it('tells of them', async () => {
      const history = newTable();
      const revision = await history.change([
        ['mac/a', row(1)],
        ['mac/b', row(1)],
      ]);
      await migrate('down');
      await database.query(
        `UPDATE derived_row SET row = NULL, revision = revision + 1 WHERE table_name = $1 AND key = 'mac/b'`,
        [history.table],
      );
      await migrate('up');
      expect(await since(history, revision)).toMatchObject({ ops: [{ key: 'mac/b' }] });
      expect(await since(history, revision - 2)).toMatchObject({ ops: [{ key: 'mac/a' }, { key: 'mac/b' }] });
    });

    it('has forgotten what was dropped when that schema comes back, and says so', async () => {
      const history = newTable();
      const revision = await history.change([['mac/a', row(1)]]);
      const dropped = await history.change([['mac/a', undefined]]);
      await migrate('down');
      await migrate('up');
      expect(await since(history, revision)).toMatchObject({ state: 'too-old' });
      expect(await since(history, dropped)).toMatchObject({ state: 'ops', ops: [] });
    });
  });
});
