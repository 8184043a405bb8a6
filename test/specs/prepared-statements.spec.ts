import { Client } from 'pg';
import type { Json } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

/** PostgreSQL makes up its mind about a prepared statement in the sixth execution. */
const UNTIL_SETTLED = 8;

describe('The statements that a replica keeps prepared', () => {
  let cloud: Cloud;
  let database: Client;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'prepared statements' });
    database = new Client({ connectionString: cloud.databaseUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database?.end();
    await cloud?.stop();
  });

  const devices = [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet1' }] }];
  const rename = (id: string, name: string) => cloud.api.put(`/v2.0/l2-gateways/${id}`, { l2_gateway: { name } });
  const atOnce = (work: () => Promise<unknown>) => Promise.all(Array.from({ length: UNTIL_SETTLED }, work));
  const waitingForLocks = async (): Promise<number> => {
    const { rowCount } = await database.query(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return rowCount ?? 0;
  };

  it('survive that a newer replica migrates the tables, in all sessions, in transactions and outside', async () => {
    const id = await cloud.api.createGateway('before', devices);
    const everything = async (): Promise<void> => {
      await atOnce(() => cloud.api.createGateway('more', devices));
      await atOnce(() => cloud.api.get('/v2.0/l2-gateways?name=before&limit=3'));
      await atOnce(() => rename(id, 'before'));
    };
    await everything();
    await database.query('ALTER TABLE l2_gateway ADD COLUMN introduced integer NOT NULL DEFAULT 7');
    await everything();
    await database.query('ALTER TABLE l2_gateway DROP COLUMN introduced');
    await everything();
    const { l2_gateways } = (await cloud.api.get('/v2.0/l2-gateways?name=more')) as { l2_gateways: Json[] };
    expect(l2_gateways).toHaveLength(3 * UNTIL_SETTLED);
  });

  it('see what was committed while they waited for it', async () => {
    const { id } = await cloud.api.createNetwork();
    const post = () => cloud.api.request('POST', '/v2.0/ports', { port: { network_id: id, project_id: 'p' } });
    for (let done = 0; done < UNTIL_SETTLED; done += 1) expect((await post()).status).toBe(201);
    await database.query('BEGIN; LOCK TABLE port IN SHARE ROW EXCLUSIVE MODE');
    const posted = post();
    await eventually(async () => expect(await waitingForLocks()).toBe(1));
    await database.query(`INSERT INTO quota VALUES ('p', 'port', ${UNTIL_SETTLED}); COMMIT`);
    expect((await posted).body).toMatchObject({ NeutronError: { type: 'OverQuota' } });
  });
});
