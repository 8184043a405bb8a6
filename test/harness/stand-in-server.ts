/** An HTTP server of the tests' own that stands in for somebody else's, and can be slow, stopped and started again. */
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.js';

export interface StandInAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface StandInRequest {
  /** `GET /v3/auth/tokens`, without the query. */
  readonly what: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export class StandInServer {
  /** How often each `GET /path` was asked. */
  readonly asked = new Map<string, number>();
  private port = 0;
  private server: Server | undefined;
  private open: Promise<void> = Promise.resolve();

  /** With a certificate it speaks HTTPS only. */
  constructor(
    private readonly answer: (request: StandInRequest) => StandInAnswer,
    private readonly certificate?: Certificate,
  ) {}

  get url(): string {
    return `${this.certificate === undefined ? 'http' : 'https'}://127.0.0.1:${this.port}`;
  }

  count(what: string): number {
    return this.asked.get(what) ?? 0;
  }

  /** On the port that it had before, if it had one. Nothing happens if it runs. */
  async start(): Promise<void> {
    if (this.server !== undefined) return;
    const handle = (request: IncomingMessage, response: ServerResponse) => void this.handle(request, response);
    this.server = this.certificate === undefined ? createServer(handle) : createSecureServer(this.certificate, handle);
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** Takes requests and answers none of them until what it returns is called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.open = new Promise((resolve) => (release = resolve));
    return release;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const what = `${request.method} ${(request.url ?? '').replace(/\?.*/, '').replace(/(?<=.)\/$/, '')}`;
    this.asked.set(what, this.count(what) + 1);
    const text = await bodyOf(request);
    await this.open;
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { status, headers, body: answer } = this.answer({ what, headers: request.headers, body });
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(answer === undefined ? '' : JSON.stringify(answer));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
