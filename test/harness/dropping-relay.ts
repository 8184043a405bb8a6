import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface Mischief {
  /** Whether a message on this subject comes twice. */
  readonly doubles?: (subject: string) => boolean;
  /** How late it comes, and so perhaps after what was said later; 0: at once. */
  readonly delayMs?: (subject: string) => number;
}

/** A relay in front of a real nats-server that loses messages on their way to the client, as a slow consumer does. */
export class DroppingRelay {
  dropped = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly target: number,
    /** Whether a message on this subject gets lost. */
    private readonly drops: (subject: string) => boolean,
    private readonly mischief: Mischief,
  ) {
    this.server = createServer({ noDelay: true }, (client) => this.relay(client));
  }

  static async start(
    target: number,
    drops: (subject: string) => boolean,
    mischief: Mischief = {},
  ): Promise<DroppingRelay> {
    const relay = new DroppingRelay(target, drops, mischief);
    relay.server.listen(0, '127.0.0.1');
    await once(relay.server, 'listening');
    return relay;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `nats://127.0.0.1:${port}`;
  }

  /** Cuts every connection; clients may come again. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.server.close();
    this.cut();
    await once(this.server, 'close');
  }

  private relay(client: Socket): void {
    const upstream = connect({ host: '127.0.0.1', port: this.target, noDelay: true });
    client.pipe(upstream);
    let pending: Buffer = Buffer.alloc(0);
    upstream.on('data', (chunk) => {
      pending = this.forward(Buffer.concat([pending, chunk]), client);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }

  /** Passes whole protocol messages on and returns what is not whole yet. */
  private forward(bytes: Buffer, client: Socket): Buffer {
    let rest = bytes;
    for (let line = rest.indexOf('\r\n'); line >= 0; line = rest.indexOf('\r\n')) {
      const [verb = '', subject = '', ...more] = rest.toString('latin1', 0, line).split(' ');
      const isMessage = verb === 'MSG' || verb === 'HMSG';
      const size = line + 2 + (isMessage ? Number(more.at(-1)) + 2 : 0);
      if (rest.length < size) return rest;
      if (isMessage) this.pass(subject, rest.subarray(0, size), client);
      else client.write(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
    return rest;
  }
  private pass(subject: string, message: Buffer, client: Socket): void {
    if (this.drops(subject)) {
      this.dropped += 1;
      return;
    }
    const { doubles = () => false, delayMs = () => 0 } = this.mischief;
    const bytes = doubles(subject) ? Buffer.concat([message, message]) : Buffer.from(message);
    const late = delayMs(subject);
    if (late > 0) setTimeout(() => client.write(bytes), late).unref();
    else client.write(bytes);
  }
}
