/** A TCP relay that misbehaves on command: it cuts, freezes, refuses, splits and rewrites what passes through it. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Gate } from './gate.js';

export type Direction = 'toServer' | 'toClient';

/** Gets each chunk as it arrived, answers what is passed on; an empty buffer drops it. */
export type Filter = (chunk: Buffer, direction: Direction) => Buffer;

export interface ProxyTarget {
  readonly host?: string;
  readonly port: number;
}

const BOTH: readonly Direction[] = ['toServer', 'toClient'];

export async function startTcpProxy(target: ProxyTarget): Promise<TcpProxy> {
  const proxy = new TcpProxy(target);
  await proxy.accept();
  return proxy;
}

export class TcpProxy {
  /** Chosen by the kernel at the first start and kept. */
  port = 0;
  private readonly gates = { toServer: new Gate(), toClient: new Gate() };
  private readonly sockets = new Set<Socket>();
  private listener: Server | undefined;
  private pieceSize = Infinity;
  private passes: Filter = (chunk) => chunk;

  constructor(private readonly target: ProxyTarget) {}

  /** How many clients are connected now. */
  get connections(): number {
    return this.sockets.size / 2;
  }

  /** Resets every connection; new ones are accepted as before. */
  cut(): void {
    for (const socket of this.sockets) reset(socket);
  }

  /** Holds back all bytes, or those of one direction; connections stay open and look alive to TCP. */
  pause(direction?: Direction): void {
    for (const each of direction ? [direction] : BOTH) this.gates[each].close();
  }

  resume(): void {
    for (const each of BOTH) this.gates[each].open();
  }

  /** New clients get ECONNREFUSED; existing connections go on. */
  async refuse(): Promise<void> {
    const listener = this.listener;
    this.listener = undefined;
    if (listener === undefined) return;
    await new Promise<void>((resolve) => {
      listener.close(() => resolve());
      if (this.sockets.size > 0) resolve(); // it is deaf at once, its callback waits for the last connection
    });
  }

  /** Listens again, at the same port. */
  async accept(): Promise<void> {
    if (this.listener) return;
    this.listener = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.relay(client));
    this.listener.listen(this.port, '127.0.0.1');
    await once(this.listener, 'listening');
    this.port = (this.listener.address() as AddressInfo).port;
  }

  /** Passes bytes on in pieces of this size, each in a segment of its own. */
  splitBytes(size: number): void {
    this.pieceSize = size;
  }

  filter(passes: Filter): void {
    this.passes = passes;
  }

  async stop(): Promise<void> {
    this.resume();
    this.cut();
    await this.refuse();
  }

  private relay(client: Socket): void {
    const server = connect({ host: '127.0.0.1', ...this.target, allowHalfOpen: true, noDelay: true });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => reset(other)); // what one side suffers, the other side sees
      socket.on('close', () => this.sockets.delete(socket));
    }
    void this.pump(client, server, 'toServer');
    void this.pump(server, client, 'toClient');
  }

  private async pump(from: Socket, to: Socket, direction: Direction): Promise<void> {
    try {
      const chunks = from.iterator({ destroyOnReturn: false }); // the other direction may have more to say
      for await (const chunk of chunks) await this.pass(chunk as Buffer, to, direction);
      await this.gates[direction].passage;
      to.end();
    } catch {
      reset(to); // the connection was cut under us
    }
  }

  private async pass(chunk: Buffer, to: Socket, direction: Direction): Promise<void> {
    await this.gates[direction].passage;
    const passed = this.passes(chunk, direction);
    for (let at = 0; at < passed.length; at += this.pieceSize) {
      await this.gates[direction].passage;
      const flowing = to.write(passed.subarray(at, at + this.pieceSize));
      if (!flowing) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      if (this.pieceSize !== Infinity) await nextTurn();
    }
  }
}

function reset(socket: Socket): void {
  if (!socket.destroyed) socket.resetAndDestroy();
}
