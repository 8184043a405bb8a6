import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IdentityServer, IdentityServerFailure } from './identity-server.js';

/** Short where nothing comes; whoever answers may take longer, for this machine may be busy. */
const LIMIT_MS = 200;
const LONG_MS = 5000;

describe("Somebody else's server", () => {
  let server: Server | undefined;
  let asked: string[];
  afterEach(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  async function serve(answer: RequestListener, limitMs = LONG_MS): Promise<IdentityServer> {
    asked = [];
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return new IdentityServer(`http://127.0.0.1:${port}/identity`, undefined, limitMs);
  }
  const ask = (peer: IdentityServer) => peer.ask('GET', '/v3', {});

  it('answers with a status and JSON', async () => {
    const peer = await serve((_request, response) => response.writeHead(201).end('{"a": 1}'));
    expect(await ask(peer)).toMatchObject({ status: 201, body: { a: 1 } });
    expect(asked).toEqual(['GET /identity/v3']);
  });

  it('may answer with something else than JSON, as proxies do', async () => {
    const peer = await serve((_request, response) => response.writeHead(502).end('<html>'));
    expect(await ask(peer)).toMatchObject({ status: 502, body: undefined });
  });

  it('is not believed when it sends us to another server', async () => {
    const peer = await serve((_request, response) => response.writeHead(302, { Location: '/elsewhere' }).end());
    expect(await ask(peer)).toMatchObject({ status: 302 });
    expect(asked).toEqual(['GET /identity/v3']);
  });

  it.each<[string, RequestListener, RegExp, number]>([
    ['says nothing', () => undefined, /no answer within 200 ms/, LIMIT_MS],
    [
      'begins an answer and never ends it',
      (_request, response) => response.writeHead(200).write('{'),
      /no answer within 200 ms/,
      LIMIT_MS,
    ],
    ['hangs up', (request) => request.socket.destroy(), /socket hang up/, LONG_MS],
    [
      'never stops talking',
      (_request, response) => response.end(Buffer.alloc(5 * 1024 * 1024, ' ')),
      /longer than/,
      LONG_MS,
    ],
  ])('is given up when it %s', async (_what, answer, reason, limitMs) => {
    const failure = await ask(await serve(answer, limitMs)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(IdentityServerFailure);
    expect((failure as Error).message).toMatch(reason);
    expect((failure as Error).message).toContain('GET http://127.0.0.1');
  });
});
