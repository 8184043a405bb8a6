import { insert, namedUuid } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { Clients } from './ovsdb-world.js';

/** The server asks its clients for a sign of life after this time, and cuts after another. */
const INACTIVITY_PROBE_MS = 2000;

describe('An idle connection', () => {
  const clients = new Clients();
  let server: OvsdbServer;
  let proxy: TcpProxy;

  beforeEach(async () => {
    server = await startOvsdbServer({ args: ['--remote=db:hardware_vtep,Global,managers'] });
    const operator = await clients.connect(server.unixEndpoint);
    await operator.transact([
      insert('Manager', { target: 'ptcp:0:127.0.0.1', inactivity_probe: INACTIVITY_PROBE_MS }, { name: 'manager' }),
      insert('Global', { managers: namedUuid('manager') }),
    ]);
    proxy = await startTcpProxy({ port: await eventually(managedPort) });
  });

  afterEach(async () => {
    await clients.stop();
    await proxy.stop();
    await server.stop();
  });

  /** The server names the ports it was given in the order it opened them. */
  function managedPort(): number {
    const ports = [...server.output.matchAll(/listening on port (\d+)/g)].map(([, port]) => Number(port));
    const managed = ports.find((port) => port !== server.tcpPort);
    if (managed === undefined) throw new Error('the server does not listen as its database says');
    return managed;
  }

  it('stays, because the echoes of the server are answered', async () => {
    let asked = 0;
    let answered = 0;
    proxy.filter((chunk, direction) => {
      if (direction === 'toClient' && chunk.includes('"method":"echo"')) asked += 1;
      if (direction === 'toServer' && chunk.includes('{"id":"echo","result":[]')) answered += 1;
      return chunk;
    });
    const lost: unknown[] = [];
    const client = await clients.connect(`tcp:127.0.0.1:${proxy.port}`, { probeIntervalMs: 0 });
    client.onDown((reason) => lost.push(reason));
    await eventually(() => expect(answered).toBeGreaterThanOrEqual(2));
    expect(asked).toBeGreaterThanOrEqual(2);
    expect(lost).toEqual([]);
    expect(client.live).toBeDefined();
  });

  it('stays, because the server answers ours', async () => {
    let echoes = 0;
    proxy.filter((chunk, direction) => {
      if (direction === 'toServer' && chunk.includes('"method":"echo"')) echoes += 1;
      return chunk;
    });
    const lost: unknown[] = [];
    const client = await clients.connect(`tcp:127.0.0.1:${proxy.port}`, { probeIntervalMs: 1000 });
    client.onDown((reason) => lost.push(reason));
    await eventually(() => expect(echoes).toBeGreaterThanOrEqual(4));
    expect(lost).toEqual([]);
  });
});
