/** Two whole clouds that share a network; each has a PostgreSQL server of its own, as durable as in production. */
import { DroppingRelay } from '../../test/harness/dropping-relay.js';
import { eventually } from '../../test/harness/eventually.js';
import { type OwnPostgres, startOwnPostgres } from '../../test/harness/postgres.js';
import { type SharedNetwork, WholeCloud } from '../../test/harness/whole-cloud.js';

const SEG_ID = 456;
const LIMITS = { macs: 200_000, ips: 64, total: 400_000 };

export class TwoClouds {
  /** What goes from the first cloud to the second while it is set is lost. */
  losing: ((subject: string) => boolean) | undefined;

  private constructor(
    readonly a: WholeCloud,
    readonly b: WholeCloud,
    private readonly relay: DroppingRelay,
    private readonly servers: readonly OwnPostgres[],
    readonly inA: SharedNetwork,
    readonly inB: SharedNetwork,
    /** What the second cloud knows the first by. */
    private readonly peer: string,
  ) {}

  static async start(): Promise<TwoClouds> {
    const servers = [await startOwnPostgres({ fsync: true }), await startOwnPostgres({ fsync: true })];
    const [a, b] = await Promise.all(['a', 'b'].map((id, index) => cloudOf(id, index, servers[index])));
    if (a === undefined || b === undefined) throw new Error('there are no two clouds');
    const holder: { world?: TwoClouds } = {};
    const relay = await DroppingRelay.start(a.cloud.nats.port, (subject) => holder.world?.losing?.(subject) === true);
    const peers = [await a.meet(b), await b.meet(a, [relay.url])];
    for (const [index, cloud] of [a, b].entries())
      await cloud.api.put(`/v2.0/l2-sync-peers/${peers[index]}`, { l2_sync_peer: { limits: LIMITS } });
    const place = { tor: 'tor', port: 'Ethernet1', vlan: 100 };
    const inA = await a.share(b, SEG_ID, place);
    const inB = await b.share(a, SEG_ID, place);
    holder.world = new TwoClouds(a, b, relay, servers, inA, inB, peers[1] ?? '');
    await holder.world.live();
    return holder.world;
  }

  /** The second cloud hears the first. */
  async live(): Promise<void> {
    await eventually(
      async () => {
        const { l2_sync_peer: peer } = (await this.b.api.get(`/v2.0/l2-sync-peers/${this.peer}`)) as {
          l2_sync_peer: { state: string; stretches: { state: string }[] };
        };
        if (peer.state !== 'live' || peer.stretches[0]?.state !== 'live') throw new Error(JSON.stringify(peer));
      },
      { timeoutMs: 60_000 },
    );
  }

  /** Whether the second cloud listens to the first at all. */
  async listen(enabled: boolean): Promise<void> {
    await this.b.api.put(`/v2.0/l2-sync-peers/${this.peer}`, { l2_sync_peer: { enabled } });
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await Promise.all([this.a.stop(), this.b.stop()]);
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

async function cloudOf(id: string, index: number, server: OwnPostgres | undefined): Promise<WholeCloud> {
  const vtep = `10.${index + 1}.0.1`;
  const databaseUrl = (await server?.createDatabase(`bench_${id}`)) ?? '';
  const switches = [{ name: 'tor', tunnelIps: [vtep], ports: ['Ethernet1', 'Ethernet2'] }];
  const api = { L2GW_DATABASE_POOL: '32' };
  const cloud = await WholeCloud.start({ id, vtep, name: `bench ${id}`, databaseUrl, switches, api });
  await cloud.knowsPorts('tor', 2);
  await cloud.api.put('/v2.0/l2-switches/tor', { l2_switch: { capabilities: ['tunnel_key'] } });
  return cloud;
}
