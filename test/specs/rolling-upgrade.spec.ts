import { Client } from 'pg';
import type { Json } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';

describe('While a newer replica migrates the schema, an older one', () => {
  let cloud: Cloud;
  let database: Client;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rolling upgrade' });
    database = new Client({ connectionString: cloud.databaseUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database?.end();
    await cloud?.stop();
  });

  const devices = [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet1' }] }];
  const rename = (id: string, name: string) => cloud.api.put(`/v2.0/l2-gateways/${id}`, { l2_gateway: { name } });
  const times = (count: number, work: () => Promise<unknown>) => Promise.all(Array.from({ length: count }, work));

  it('goes on reading and writing the tables that have got new columns, in all of its sessions', async () => {
    const id = await cloud.api.createGateway('before', devices);
    const everything = async (): Promise<void> => {
      await times(10, () => cloud.api.createGateway('more', devices));
      await times(10, () => cloud.api.get('/v2.0/l2-gateways?name=before'));
      await times(10, () => rename(id, 'before'));
    };
    await everything();
    await database.query('ALTER TABLE l2_gateway ADD COLUMN introduced integer NOT NULL DEFAULT 7');
    await everything();
    await database.query('ALTER TABLE l2_gateway DROP COLUMN introduced');
    await everything();
    const { l2_gateways } = (await cloud.api.get('/v2.0/l2-gateways?name=more')) as { l2_gateways: Json[] };
    expect(l2_gateways).toHaveLength(30);
  });
});
