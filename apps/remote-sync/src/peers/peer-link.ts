import { type Bus, BusError, openBus } from '@l2gw/bus';
import type { PeerRow } from '@l2gw/contracts';
import { JoinedBus } from './joined-bus.js';
import { readCredentials } from './read-credentials.js';

/** Sooner than between a cloud and its own bus: a broken route between clouds is to be noticed and mended within seconds. */
const PACE = { reconnectMs: 250, mostReconnectMs: 1000, pingMs: 2000 };

export interface PeerLinkOptions {
  readonly peer: Pick<PeerRow, 'servers' | 'credentials'>;
  /** Our cloud id: the peer's bus knows us by it. */
  readonly cloud: string;
  readonly secretsDir: string | undefined;
  readonly ownBus: Bus;
}

/** The ways to a peer: our own bus, and the peer's if we know where it is. */
export class PeerLink {
  readonly bus: Bus;
  /** Why we cannot get to the peer's bus; undefined while we can, or need not. */
  problem: string | undefined;
  /** The peer's bus does not want us. */
  isRefused = false;
  private readonly dialled: Bus | undefined;

  constructor(options: PeerLinkOptions) {
    this.dialled = options.peer.servers.length > 0 ? this.dial(options) : undefined;
    this.bus = new JoinedBus([...(this.dialled === undefined ? [] : [this.dialled]), options.ownBus]);
    this.dialled?.onStatus((connected) => connected && this.succeeded());
  }

  async close(): Promise<void> {
    await this.dialled?.close();
  }

  private dial({ peer, cloud, secretsDir }: PeerLinkOptions): Bus | undefined {
    try {
      const credentials = readCredentials(secretsDir, peer.credentials);
      const onError = (error: unknown): void => this.failed(error);
      return openBus({ servers: peer.servers, client: cloud, ...credentials, ...PACE, onError });
    } catch (error) {
      this.failed(error);
      this.isRefused = true;
      return undefined;
    }
  }

  private succeeded(): void {
    this.problem = undefined;
    this.isRefused = false;
  }

  private failed(error: unknown): void {
    if (error instanceof BusError && error.subject.startsWith('_INBOX')) return;
    this.isRefused = error instanceof BusError && error.code === 'REFUSED';
    this.problem = describe(error);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
