/** Accepts those who dial in, as many as are admitted. */

import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { AdmissionLimits } from './admission.js';
import { Admission } from './admission.js';
import type { PassiveEndpoint } from './endpoint.js';
import { formatEndpoint } from './endpoint.js';
import { DialError } from './errors.js';

/** Somebody who has dialled in. */
export interface Caller {
  readonly socket: Socket;
  /** Address and port. */
  readonly name: string;
  /** Frees its place; to be called once, when it is known or gone. */
  readonly leave: () => void;
}

export class Listener {
  private readonly admission: Admission;
  private server: Server | undefined;

  constructor(
    private readonly endpoint: PassiveEndpoint,
    limits: AdmissionLimits,
    private readonly arrive: (caller: Caller) => void,
  ) {
    this.admission = new Admission(limits);
  }

  /** Resolves with where it listens, the port being the one that the kernel chose; at once if it does already. Rejects with DialError. */
  async listen(): Promise<PassiveEndpoint> {
    this.server ??= await this.open();
    return { ...this.endpoint, port: portOf(this.server) };
  }

  get listening(): boolean {
    return this.server !== undefined;
  }

  /** How many were turned away unheard since this was last asked. */
  takeRefusals(): number {
    return this.admission.takeRefusals();
  }

  /** Those who were let in are not its business any more. */
  close(): void {
    this.server?.close();
    this.server = undefined;
  }

  private open(): Promise<Server> {
    const { host, port } = this.endpoint;
    const server = createServer({ noDelay: true }, (socket) => this.admit(socket));
    return new Promise((resolve, reject) => {
      const fail = (cause: Error) =>
        reject(new DialError(`cannot listen at ${formatEndpoint(this.endpoint)}: ${cause.message}`, cause));
      server.once('error', fail);
      server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
        server.off('error', fail).on('error', () => undefined); // too many open files: whoever dialled comes again
        resolve(server);
      });
    });
  }

  private admit(socket: Socket): void {
    const { remoteAddress = '', remotePort = 0 } = socket;
    const address = remoteAddress.replace(/^::ffff:/, '');
    if (address === '' || !this.admission.enter(address, performance.now())) {
      socket.resetAndDestroy();
      return;
    }
    const leave = () => this.admission.leave(address);
    this.arrive({ socket, name: `${address.includes(':') ? `[${address}]` : address}:${remotePort}`, leave });
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
