import { Client } from 'pg';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

describe('The audit trail of an API that dies', () => {
  let cloud: Cloud;
  let database: Client;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'audit crash' });
    database = new Client({ connectionString: cloud.databaseUrl });
    await database.connect();
  });
  afterEach(() => database.query('ROLLBACK'));
  afterAll(async () => {
    await database?.end();
    await cloud?.stop();
  });

  const DEVICES = [{ device_name: 'tor1', interfaces: [{ name: 'eth1' }] }];
  const ids = async (sql: string) => (await database.query<{ id: string }>(sql)).rows.map(({ id }) => id).sort();
  /** One statement, because what was under way when the API died may still be committed. */
  const expectEachWithItsRow = async () => {
    for (const [noun, table] of [
      ['network', 'network'],
      ['port', 'port'],
      ['gateway', 'l2_gateway'],
    ]) {
      const alone = await database.query(
        `SELECT id, resource_id FROM ${table}
         FULL JOIN (SELECT resource_id FROM audit WHERE noun = '${noun}' AND status = 201) AS audited ON resource_id = id::text
         WHERE id IS NULL OR resource_id IS NULL`,
      );
      expect(alone.rows).toEqual([]);
    }
  };

  it('has no row without a change, and there is no change without its row', async () => {
    const { id: network } = await cloud.api.createNetwork();
    const replica = await cloud.startApi();
    const api = cloud.clientOf(cloud.replicas.length - 1);
    await database.query('BEGIN; LOCK TABLE audit IN SHARE MODE');
    const changes = [api.createNetwork(), api.createPort({ network_id: network }), api.createGateway('g', DEVICES)].map(
      (change) => change.catch(() => 'cut off'),
    );
    await eventually(async () => {
      const waiting = "SELECT FROM pg_locks WHERE NOT granted AND relation = 'audit'::regclass";
      // beside the changes, whoever clears the trail up or analyses the table may be waiting
      expect((await database.query(waiting)).rowCount).toBeGreaterThanOrEqual(changes.length);
    });
    expect(await ids('SELECT id FROM network')).toEqual([network]);
    for (const table of ['port', 'l2_gateway']) expect(await ids(`SELECT id FROM ${table}`)).toEqual([]);
    await replica.kill();
    expect(await Promise.all(changes)).toEqual(changes.map(() => 'cut off'));
    await database.query('ROLLBACK');
    await eventually(async () => {
      const others = "SELECT FROM pg_locks WHERE relation = 'audit'::regclass AND mode = 'RowExclusiveLock'";
      expect((await database.query(others)).rowCount).toBe(0);
    });
    await expectEachWithItsRow();
  });

  it('agrees with the facts wherever the API was when it died', async () => {
    const { id: network } = await cloud.api.createNetwork();
    const replica = await cloud.startApi();
    const api = cloud.clientOf(cloud.replicas.length - 1);
    let answered = 0;
    const client = async (number: number): Promise<void> => {
      for (;;) {
        if (number % 2 === 0) await api.createPort({ network_id: network });
        else await api.createGateway('g', DEVICES);
        answered += 1;
        if (answered === 200) await replica.kill();
      }
    };
    await Promise.allSettled(Array.from({ length: 8 }, (_, number) => client(number)));
    for (const table of ['port', 'l2_gateway'])
      expect((await ids(`SELECT id FROM ${table}`)).length).toBeGreaterThan(50);
    await expectEachWithItsRow();
  });
});
