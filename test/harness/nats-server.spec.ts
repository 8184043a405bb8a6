import { connect } from 'nats';
import { type NatsServer, startNatsServer } from './nats-server.js';
import { acceptsConnections } from './tcp-port.js';

async function roundTrip(server: NatsServer): Promise<string> {
  const client = await connect({ servers: server.url, reconnect: false });
  client.subscribe('question', { callback: (_error, message) => message.respond('answer') });
  const { data } = await client.request('question', '', { timeout: 5_000 });
  await client.close();
  return Buffer.from(data).toString();
}

describe('The nats-server of the harness', () => {
  let server: NatsServer;

  beforeEach(async () => {
    server = await startNatsServer();
  });

  afterEach(() => server.stop());

  it('carries messages on a port it chose itself', async () => {
    expect(server.port).toBeGreaterThan(0);
    expect(await roundTrip(server)).toBe('answer');
  });

  it('comes back at the same address after a restart', async () => {
    const { url } = server;
    await server.restart();
    expect(server.url).toBe(url);
    expect(await roundTrip(server)).toBe('answer');
  });

  it('comes back at the same address after a crash', async () => {
    await server.kill();
    expect(await acceptsConnections(server.port)).toBe(false);
    await server.restart();
    expect(await roundTrip(server)).toBe('answer');
  });

  it('accepts connections but answers nothing while it is paused', async () => {
    server.pause();
    await expect(connect({ servers: server.url, reconnect: false, timeout: 300 })).rejects.toThrow();
    server.resume();
    expect(await roundTrip(server)).toBe('answer');
  });
});

it('A nats-server obeys the configuration it is given', async () => {
  const server = await startNatsServer({ config: 'authorization { user: api, password: secret }' });
  await expect(connect({ servers: server.url, reconnect: false })).rejects.toThrow(/Authorization/i);
  const client = await connect({ servers: server.url, user: 'api', pass: 'secret', reconnect: false });
  await client.close();
  await server.stop();
});

it('A nats-server that cannot start says why', async () => {
  await expect(startNatsServer({ config: 'nonsense {{{' })).rejects.toThrow(
    /nats-server ended before it was ready[^]*Parse error/,
  );
});
