/** How many ports can be created a second, on one network and on many, by 1 and by 32 clients; beside it, PostgreSQL's own limit. */
import { Client } from 'pg';
import type { ApiClient } from '../test/harness/api-client.js';
import { type Figure, figure } from './support/figures.js';
import { portBody, registerHosts, startWorld } from './support/world.js';

const ROUNDS = 5;
const PORTS = 400;

export async function createPorts(): Promise<readonly Figure[]> {
  const { cloud, stop } = await startWorld('bench create ports', []);
  try {
    await registerHosts(cloud);
    const samples = new Map<string, number[]>();
    const add = (what: string, value: number) => samples.set(what, [...(samples.get(what) ?? []), value]);
    let used = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const clients of [1, 32]) {
        const baseline = await insertRate(cloud.databaseUrl, clients);
        add(`PostgreSQL alone: port-sized rows, a commit each, ${clients} clients`, baseline);
        for (const networks of [1, 20]) {
          const ids = await Promise.all(
            Array.from({ length: networks }, async () => (await cloud.api.createNetwork()).id),
          );
          const rate = await perSecond(clients, (_, index) => createOne(cloud.api, ids, (used += 1), index));
          add(`ports on ${networks} network${networks === 1 ? '' : 's'}, ${clients} clients`, rate);
          add(
            `  ratio to PostgreSQL alone, ${networks} network${networks === 1 ? '' : 's'}, ${clients} clients`,
            rate / baseline,
          );
        }
      }
    }
    return [...samples].map(([what, values]) => figure(what, what.includes('ratio') ? '×' : '1/s', values));
  } finally {
    await stop();
  }
}

async function createOne(api: ApiClient, networks: readonly string[], number: number, index: number): Promise<void> {
  await api.createPort(portBody(networks[index % networks.length] ?? '', number));
}

async function perSecond(clients: number, work: (client: number, index: number) => Promise<void>): Promise<number> {
  const begun = performance.now();
  let next = 0;
  const worker = async (client: number) => {
    while (next < PORTS) await work(client, (next += 1));
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => worker(client)));
  return PORTS / ((performance.now() - begun) / 1000);
}

/** The yardstick: as many connections that insert one row of a port's size and commit. */
async function insertRate(url: string, clients: number): Promise<number> {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  try {
    await connections[0]?.query('CREATE TABLE IF NOT EXISTS yardstick (id bigserial PRIMARY KEY, body text NOT NULL)');
    return await perSecond(clients, async (client) => {
      await connections[client]?.query('INSERT INTO yardstick (body) VALUES ($1)', ['x'.repeat(400)]);
    });
  } finally {
    await Promise.all(connections.map((client) => client.end()));
  }
}
