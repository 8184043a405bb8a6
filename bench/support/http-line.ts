/** A keep-alive HTTP/1.1 connection that costs next to nothing: the load generator shares its cores with the API. */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

const HEADERS_END = '\r\n\r\n';

export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Connects to `http://HOST:PORT`. */
export async function openLine(url: string): Promise<HttpLine> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  return new HttpLine(socket);
}

/** One request after another; understands only what the API sends, which is answers with a Content-Length. */
export class HttpLine {
  private chunks: Buffer[] = [];
  private received = 0;
  private expected = Infinity;
  private waiting: { resolve(answer: HttpAnswer): void; reject(error: Error): void } | undefined;

  constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error) => this.waiting?.reject(error));
    socket.on('close', () => this.waiting?.reject(closed()));
  }

  request(method: string, path: string, body = ''): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) throw closed();
      this.waiting = { resolve, reject };
      const content =
        body === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
      this.socket.write(`${method} ${path} HTTP/1.1\r\nHost: bench\r\n${content}\r\n${body}`);
    });
  }

  /** The same for a status that must come; any other is an error with the answer in it. */
  async expect(status: number, method: string, path: string, body = ''): Promise<Buffer> {
    const answer = await this.request(method, path, body);
    if (answer.status === status) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${answer.body.toString()}`);
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (this.expected === Infinity) this.expected = lengthOf(this.chunks);
    if (this.received < this.expected) return;
    const whole = Buffer.concat(this.chunks);
    this.chunks = [];
    this.received = 0;
    this.expected = Infinity;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve({
      status: Number(whole.toString('latin1', 9, 12)),
      body: whole.subarray(whole.indexOf(HEADERS_END) + HEADERS_END.length),
    });
  }
}

const closed = (): Error => new Error('the API has closed the connection');

/** Bytes of the whole answer; infinite as long as its headers are not there. */
function lengthOf(chunks: readonly Buffer[]): number {
  const text = Buffer.concat(chunks).toString('latin1');
  const end = text.indexOf(HEADERS_END);
  if (end === -1) return Infinity;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? '0';
  return end + HEADERS_END.length + Number(length);
}
