import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { EVERY_ROW, insert, namedUuid, update } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { Clients } from './ovsdb-world.js';

const ROWS = 250;
const TEXT = 'x'.repeat(100_000);
const SELECTION = { Logical_Switch: ['name', 'description'] };
/** Both sides ask for a sign of life long before the dump is through, and hang up after twice this time: nobody stalls for so long. */
const PROBE_MS = 4000;

describe('A dump of 25 MB over a slow link', () => {
  const clients = new Clients();
  const sockets: Socket[] = [];
  let server: OvsdbServer;
  let relay: Server;

  beforeAll(async () => {
    server = await startOvsdbServer({ args: ['--remote=db:hardware_vtep,Global,managers'] });
    const operator = await clients.connect(server.unixEndpoint, { selection: {} });
    await operator.transact(Array.from({ length: ROWS }, (_, row) => insert('Logical_Switch', { name: `${row}` })));
    await operator.transact([update('Logical_Switch', EVERY_ROW, { description: TEXT })]);
    await operator.transact([
      insert('Manager', { target: 'ptcp:0:127.0.0.1', inactivity_probe: PROBE_MS }, { name: 'manager' }),
      insert('Global', { managers: namedUuid('manager') }),
    ]);
    relay = await startRelay(await eventually(managedPort));
  });

  afterAll(async () => {
    await clients.stop();
    sockets.forEach((socket) => socket.destroy());
    relay.close();
    await server.stop();
  });

  it('takes longer than either side would wait for a sign of life, and comes through at the first attempt', async () => {
    const { port } = relay.address() as AddressInfo;
    const client = clients.begin(`tcp:127.0.0.1:${port}`, { selection: SELECTION, probeIntervalMs: PROBE_MS });
    const downs: unknown[] = [];
    client.onDown((info) => downs.push(info));
    const began = performance.now();
    await eventually(() => expect(client.live).toBeDefined(), { timeoutMs: 90_000 });
    expect(performance.now() - began).toBeGreaterThan(3 * PROBE_MS);
    expect(client.replica.table('Logical_Switch').size).toBe(ROWS);
    expect(downs).toEqual([]);
  }, 120_000);

  /** Some 1.8 MB a second towards the client. */
  async function startRelay(target: number): Promise<Server> {
    const server = createServer((client) => {
      const upstream = connect({ host: '127.0.0.1', port: target });
      sockets.push(client, upstream);
      client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
      client.pipe(upstream);
      upstream.on('data', (chunk) => {
        upstream.pause();
        client.write(chunk);
        setTimeout(() => upstream.resume(), chunk.length / 1_800);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }

  function managedPort(): number {
    const ports = [...server.output.matchAll(/listening on port (\d+)/g)].map(([, port]) => Number(port));
    const managed = ports.find((port) => port !== server.tcpPort);
    if (managed === undefined) throw new Error('the server does not listen as its database says');
    return managed;
  }
});
