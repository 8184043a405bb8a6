/** What the API costs beside PostgreSQL alone: gateways created a second, lists and bulks of 10,000, a network of 10,000 connected. */
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Cloud } from '../test/harness/cloud.js';
import { connectNetwork } from './connect-network.bench.js';
import { withClients, withPair } from './support/clients.js';
import { cpuMilliseconds } from './support/cpu-time.js';
import type { Figure } from './support/figures.js';
import type { HttpLine } from './support/http-line.js';
import { Samples } from './support/samples.js';
import { type Stretch, stretchNetwork } from './support/stretch.js';
import { milliseconds, perSecond } from './support/timing.js';
import { macOf, startWorld } from './support/world.js';

const ROUNDS = 7;
const MANY = 10_000;
const CREATES = { 1: 300, 8: 1500 } as const;

export async function api(): Promise<readonly Figure[]> {
  const { cloud, stop } = await startWorld('bench api', []);
  const samples = new Samples();
  try {
    await withPair(cloud, (_, session) => fillGateways(session));
    await repeat(() => withPair(cloud, (line, session) => listGateways(line, session, samples)));
    await repeat(() => createGateways(cloud, samples));
    const stretch = await stretchNetwork(cloud.api);
    await repeat(() => withPair(cloud, (line, session) => bulk(line, session, stretch, samples)));
  } finally {
    await stop();
  }
  return [...samples.figures, ...(await connectNetwork())];
}

async function repeat(round: () => Promise<void>): Promise<void> {
  for (let done = 0; done < ROUNDS; done += 1) await round();
}

const DEVICES = [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet1', segmentation_id: [100] }] }];

async function fillGateways(session: Client): Promise<void> {
  await session.query(
    `INSERT INTO l2_gateway (id, name, project_id, devices)
     SELECT gen_random_uuid(), 'gateway-' || n, 'bench', $1 FROM generate_series(1, $2) AS n`,
    [STORED, MANY],
  );
  await session.query('ANALYZE l2_gateway');
}

async function listGateways(line: HttpLine, session: Client, samples: Samples): Promise<void> {
  const yardstick = await milliseconds(() =>
    session.query({ name: 'gateways', text: 'SELECT * FROM l2_gateway ORDER BY id' }),
  );
  samples.addBeside(`list ${MANY} gateways`, 'ms', await listed(line, '/v2.0/l2-gateways', 'l2_gateways'), yardstick);
}

/** From the request to the last byte of the answer, which is looked at afterwards. */
async function listed(line: HttpLine, path: string, plural: string): Promise<number> {
  let answer: Buffer = Buffer.alloc(0);
  const time = await milliseconds(async () => (answer = await line.expect(200, 'GET', path)));
  const list = (JSON.parse(answer.toString()) as Record<string, unknown[]>)[plural];
  if (list?.length !== MANY) throw new Error(`a list of ${list?.length} instead of ${MANY}`);
  return time;
}

async function createGateways(cloud: Cloud, samples: Samples): Promise<void> {
  for (const clients of [1, 8] as const) {
    await withClients(cloud, clients, async (lines, sessions) => {
      const what = `create gateways, ${clients} client${clients === 1 ? '' : 's'}`;
      const yardstick = await perSecond(sessions, CREATES[clients], insertGateway);
      const pid = cloud.replicas[0]?.pid ?? 0;
      const before = cpuMilliseconds(pid);
      const rate = await perSecond(lines, CREATES[clients], postGateway);
      samples.addBeside(what, '1/s', rate, yardstick);
      samples.add(`${what}: the API's CPU time for each`, 'ms', (cpuMilliseconds(pid) - before) / CREATES[clients]);
    });
  }
}

const POSTED = JSON.stringify({ l2_gateway: { name: 'gw', devices: DEVICES } });
const STORED = JSON.stringify([
  { id: randomUUID(), device_name: 'tor-1', interfaces: [{ name: 'Ethernet1', vlans: [100] }] },
]);

const postGateway = (line: HttpLine): Promise<Buffer> => line.expect(201, 'POST', '/v2.0/l2-gateways', POSTED);

const insertGateway = (session: Client): Promise<unknown> =>
  session.query({
    name: 'create',
    text: 'INSERT INTO l2_gateway (id, name, project_id, devices) VALUES ($1, $2, $3, $4) RETURNING *',
    values: [randomUUID(), 'gw', '', STORED],
  });

/** A bulk of remote MACs, and their list when all of them have found their way into the network's table. */
async function bulk(line: HttpLine, session: Client, stretch: Stretch, samples: Samples): Promise<void> {
  const id = await stretch.begin();
  const yardstick = await bulkYardstick(session, id);
  const body = JSON.stringify({
    l2_remote_macs: Array.from({ length: MANY }, (_, n) => ({ mac: macOf(n), ipaddr: ipOf(n), rgw_connection: id })),
  });
  const time = await milliseconds(() => line.expect(201, 'POST', '/v2.0/l2-remote-macs', body));
  samples.addBeside(`bulk of ${MANY} remote MACs`, 'ms', time, yardstick);
  await stretch.settled(MANY);
  const select = await milliseconds(() =>
    session.query({
      name: 'macs',
      text: 'SELECT * FROM remote_mac WHERE connection_id = $1 ORDER BY id',
      values: [id],
    }),
  );
  const list = await listed(line, `/v2.0/l2-remote-macs?rgw_connection=${id}`, 'l2_remote_macs');
  samples.addBeside(`list ${MANY} remote MACs`, 'ms', list, select);
  await stretch.end(id);
}

/** The same rows by the same statement, committed, and removed again. */
async function bulkYardstick(session: Client, connection: string): Promise<number> {
  const indexes = Array.from({ length: MANY }, (_, n) => n);
  const values = [indexes.map(() => randomUUID()), connection, indexes.map(macOf), indexes.map(ipOf)];
  const time = await milliseconds(() =>
    session.query(
      `INSERT INTO remote_mac (id, connection_id, network_id, mac, ipaddr, project_id)
       SELECT new.id, connection.id, network_id, mac, ipaddr, project_id
       FROM unnest($1::uuid[], $3::text[], $4::text[]) AS new (id, mac, ipaddr), remote_gateway_connection AS connection
       WHERE connection.id = $2 RETURNING id, created_at`,
      values,
    ),
  );
  await session.query('DELETE FROM remote_mac WHERE connection_id = $1', [connection]);
  return time;
}

const ipOf = (n: number): string => `10.20.${n >> 8}.${n & 255}`;
