import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

/** Answers every byte with itself; `received` are its own chunks. */
async function startEcho(): Promise<{ server: Server; port: number; received: string[] }> {
  const received: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received.push(chunk.toString());
      socket.write(chunk);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, received };
}

function collect(socket: Socket): { text: string } {
  const seen = { text: '' };
  socket.setEncoding('utf8').on('data', (chunk: string) => (seen.text += chunk));
  return seen;
}

describe('The TCP proxy of the harness', () => {
  let echo: Awaited<ReturnType<typeof startEcho>>;
  let proxy: TcpProxy;
  let client: Socket;
  let answer: { text: string };

  beforeEach(async () => {
    echo = await startEcho();
    proxy = await startTcpProxy({ port: echo.port });
    client = connect(proxy.port, '127.0.0.1').setNoDelay();
    client.on('error', () => undefined);
    answer = collect(client);
    await once(client, 'connect');
  });

  afterEach(async () => {
    client.destroy();
    await proxy.stop();
    echo.server.close();
  });

  it('passes everything on, both ways', async () => {
    const megabyte = 'x'.repeat(1_000_000);
    client.write(megabyte);
    await eventually(() => expect(answer.text.length).toBe(megabyte.length));
    expect(proxy.connections).toBe(1);
  });

  it('passes the end of a conversation on', async () => {
    client.end('last words');
    await once(client, 'close');
    expect(answer.text).toBe('last words');
    await eventually(() => expect(proxy.connections).toBe(0));
  });

  it('cuts connections and accepts new ones', async () => {
    proxy.cut();
    await expect(once(client, 'close')).rejects.toThrow(/ECONNRESET/);
    const next = connect(proxy.port, '127.0.0.1');
    await once(next, 'connect');
    next.destroy();
  });

  it('holds bytes back while paused and delivers them afterwards', async () => {
    proxy.pause('toClient');
    client.write('hello');
    await eventually(() => expect(echo.received).toEqual(['hello']));
    await sleep(50);
    expect(answer.text).toBe('');
    proxy.resume();
    await eventually(() => expect(answer.text).toBe('hello'));
  });

  it('refuses new clients until it accepts again, at the same port', async () => {
    const { port } = proxy;
    await proxy.refuse();
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow(/ECONNREFUSED/);
    client.write('still here');
    await eventually(() => expect(answer.text).toBe('still here'));
    await proxy.accept();
    const next = connect(port, '127.0.0.1');
    await once(next, 'connect');
    next.destroy();
  });

  it('delivers byte by byte when asked to', async () => {
    proxy.splitBytes(1);
    client.write('split');
    await eventually(() => expect(answer.text).toBe('split'));
    expect(echo.received.length).toBeGreaterThan(1);
  });

  it('changes or drops what passes', async () => {
    proxy.filter((chunk, direction) => (direction === 'toServer' ? Buffer.from(`${chunk}!`) : chunk.subarray(1)));
    client.write('abc');
    await eventually(() => expect(answer.text).toBe('bc!'));
  });
});
