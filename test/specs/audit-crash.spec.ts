import { Client } from 'pg';
import { type Cloud, startCloud } from '../harness/cloud.js';

describe('The audit trail of an API that dies', () => {
  let cloud: Cloud;
  let database: Client;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'audit crash' });
    database = new Client({ connectionString: cloud.databaseUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database?.end();
    await cloud?.stop();
  });

  it('has every change that was made and none that was not, wherever it was when it died', async () => {
    const { id: network } = await cloud.api.createNetwork();
    const gateways = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const replica = await cloud.startApi();
      const api = cloud.clientOf(cloud.replicas.length - 1);
      let answered = 0;
      const client = async (number: number): Promise<void> => {
        for (;;) {
          if (number % 2 === 0) await api.createPort({ network_id: network });
          else gateways.add(await api.createGateway('g', [{ device_name: 'tor1', interfaces: [{ name: 'eth1' }] }]));
          answered += 1;
          if (answered === 100 * (round + 1)) await replica.kill();
        }
      };
      await Promise.allSettled(Array.from({ length: 8 }, (_, number) => client(number)));
      expect(answered).toBeGreaterThanOrEqual(100 * (round + 1));
    }
    const ids = async (sql: string) => (await database.query<{ id: string }>(sql)).rows.map(({ id }) => id).sort();
    for (const [table, noun] of [
      ['port', 'port'],
      ['l2_gateway', 'gateway'],
    ]) {
      const audited = await ids(`SELECT resource_id AS id FROM audit WHERE noun = '${noun}' AND status = 201`);
      expect(audited.length).toBeGreaterThan(100);
      expect(audited).toEqual(await ids(`SELECT id FROM ${table}`));
    }
    const known = new Set(await ids('SELECT id FROM l2_gateway'));
    expect([...gateways].filter((id) => !known.has(id))).toEqual([]);
  });
});
