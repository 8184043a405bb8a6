/** Two clouds that share a network, `a` with 200 MACs and `b` with ten; b dials a over a route that the spec controls. */
import { eventually } from '../../harness/eventually.js';
import { SyncCloud, type SyncCloudOptions } from '../../harness/sync-cloud.js';

export const PATIENTLY = { timeoutMs: 30_000 };

/** Where the dialler finds the bus that listens at a port, and how that way ends. */
export interface Route {
  readonly url: string;
  stop(): Promise<void>;
}

export class TwoSyncClouds<R extends Route> {
  private constructor(
    readonly a: SyncCloud,
    readonly b: SyncCloud,
    readonly route: R,
  ) {}

  static async start<R extends Route>(
    routeTo: (port: number) => Promise<R>,
    options: Partial<SyncCloudOptions> = {},
  ): Promise<TwoSyncClouds<R>> {
    const [a, b] = await Promise.all(['a', 'b'].map((id) => SyncCloud.start({ ...options, id })));
    if (a === undefined || b === undefined) throw new Error('there are two clouds');
    const world = new TwoSyncClouds(a, b, await routeTo(a.nats.port));
    await world.acquaint().catch((error: unknown) => world.stop().then(() => Promise.reject(error)));
    return world;
  }

  bMeetsA(row: object = {}): void {
    this.b.meet(this.a, { servers: [this.route.url], ...row });
  }

  importedByA(): string[] {
    return Object.keys(this.a.api.imported('b', 'net-a')).sort();
  }

  importedByB(): string[] {
    return Object.keys(this.b.api.imported('a', 'net-b')).sort();
  }

  /** What each says of the other. */
  states(): readonly unknown[] {
    return [stateOf(this.a, this.b), stateOf(this.b, this.a)];
  }

  async areLive(): Promise<void> {
    await eventually(() => expect(this.states()).toEqual(['live', 'live']), PATIENTLY);
  }

  /** Ends with the story, however that ends. */
  async during(story: (world: TwoSyncClouds<R>) => Promise<void>): Promise<void> {
    try {
      await story(this);
    } finally {
      await this.stop();
    }
  }

  private async acquaint(): Promise<void> {
    const { a, b } = this;
    a.meet(b);
    this.bMeetsA();
    a.api.export('net-a', macs(0, 200));
    b.api.export('net-b', macs(1000, 1010));
    a.share('net-a', 'b');
    b.share('net-b', 'a');
    await Promise.all([a.startSync(), b.startSync()]);
    await this.areLive();
    await eventually(() => expect(this.importedByB()).toHaveLength(200), PATIENTLY);
    await eventually(() => expect(this.importedByA()).toHaveLength(10), PATIENTLY);
  }

  private async stop(): Promise<void> {
    await Promise.all([this.a.stop(), this.b.stop()]);
    await this.route.stop();
  }
}

function stateOf(cloud: SyncCloud, peer: SyncCloud): unknown {
  const row = cloud.api.report(`peer/${peer.id}`);
  return row?.report === 'peer' ? row.state : undefined;
}

export const port = (sequence = 0): object => ({ sequence, ips: [], kind: 'port' });

export const mac = (host: number): string => `02:00:00:00:${hex(host >> 8)}:${hex(host & 0xff)}`;

export const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => mac(from + at));

export const macs = (from: number, to: number): Record<string, object> =>
  Object.fromEntries(range(from, to).map((each) => [each, port()]));

export const gone = (from: number, to: number): Record<string, undefined> =>
  Object.fromEntries(range(from, to).map((each) => [each, undefined]));

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
