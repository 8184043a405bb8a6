/** A way to a bus that can be held up and cut, and holds itself up when so much has passed. */
import { type TcpProxy, startTcpProxy } from '../../harness/tcp-proxy.js';

export class Pipe {
  isHeld = false;
  private left = Infinity;

  private constructor(private readonly proxy: TcpProxy) {
    proxy.filter((chunk, direction) => {
      if (direction === 'toClient') this.count(chunk.length);
      return chunk;
    });
  }

  static async to(this: void, target: number): Promise<Pipe> {
    return new Pipe(await startTcpProxy({ port: target }));
  }

  get url(): string {
    return `nats://127.0.0.1:${this.proxy.port}`;
  }

  /** How many connections there are, those among them that somebody has given up without our letting that through. */
  get connections(): number {
    return this.proxy.connections;
  }

  /** Swallows everything; TCP does not notice. */
  hold(): void {
    this.proxy.pause();
    this.isHeld = true;
  }

  /** So many more bytes come through to the dialler. */
  holdAfter(bytes: number): void {
    this.left = bytes;
  }

  release(): void {
    this.left = Infinity;
    this.isHeld = false;
    this.proxy.resume();
  }

  /** Nobody gets what was held back. */
  cut(): void {
    this.proxy.cut();
    this.release();
  }

  stop(): Promise<void> {
    return this.proxy.stop();
  }

  private count(bytes: number): void {
    this.left -= bytes;
    if (this.left <= 0 && !this.isHeld) this.hold();
  }
}
