/** Two clouds that a soak torments: each has an API, a bus, a switch with its agent and remote-sync; a relay between them loses and cuts. */
import { DroppingRelay } from '../harness/dropping-relay.js';
import { eventually } from '../harness/eventually.js';
import { type OwnPostgres, startOwnPostgres } from '../harness/postgres.js';
import { type SharedNetwork, WholeCloud } from '../harness/whole-cloud.js';

const SEG_IDS = [456, 457];
export const HOSTS = ['host-1', 'host-2'];

export interface Side {
  readonly cloud: WholeCloud;
  readonly networks: readonly SharedNetwork[];
}

export class CloudsWorld {
  /** Of what goes from the first cloud to the second, so much is lost: 0 … 1. */
  loss = 0;

  private constructor(
    private readonly postgres: OwnPostgres,
    readonly relay: DroppingRelay,
    readonly sides: readonly [Side, Side],
  ) {}

  /** `random`: 0 … 1, of messages that may be lost. */
  static async start(random: () => number): Promise<CloudsWorld> {
    const postgres = await startOwnPostgres();
    const [a, b] = await Promise.all([cloudOf(postgres, 'a', 1), cloudOf(postgres, 'b', 2)]);
    const holder: { world?: CloudsWorld } = {};
    const relay = await DroppingRelay.start(a.cloud.nats.port, () => random() < (holder.world?.loss ?? 0));
    await a.meet(b);
    await b.meet(a, [relay.url]);
    const world = new CloudsWorld(postgres, relay, [
      { cloud: a, networks: await shared(a, b) },
      { cloud: b, networks: await shared(b, a) },
    ]);
    holder.world = world;
    return world;
  }

  other(side: Side): Side {
    return this.sides[0] === side ? this.sides[1] : this.sides[0];
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    for (const { cloud } of this.sides) await cloud.stop();
    await this.postgres.stop();
  }
}

async function cloudOf(postgres: OwnPostgres, id: string, index: number): Promise<WholeCloud> {
  const vtep = `10.${index}.0.1`;
  const switches = [{ name: 'tor', tunnelIps: [vtep], ports: ['Ethernet1', 'Ethernet2'] }];
  const cloud = await WholeCloud.start({
    ...{ id, vtep, name: `soak ${id}`, switches },
    databaseUrl: await postgres.createDatabase(`soak_${id}`),
  });
  await cloud.knowsPorts('tor', 2);
  await cloud.api.put('/v2.0/l2-switches/tor', { l2_switch: { capabilities: ['tunnel_key'] } });
  for (const [at, host] of HOSTS.entries()) await cloud.api.registerHost(host, `10.${index}.1.${at + 1}`);
  return cloud;
}

async function shared(cloud: WholeCloud, neighbour: WholeCloud): Promise<readonly SharedNetwork[]> {
  const networks: SharedNetwork[] = [];
  for (const [at, segId] of SEG_IDS.entries()) {
    const network = await cloud.share(neighbour, segId, { tor: 'tor', port: `Ethernet${at + 1}`, vlan: 100 });
    await eventually(async () => {
      const status = await cloud.api.statusOf(network.connection);
      if (status !== 'ACTIVE') throw new Error(status);
    });
    networks.push(network);
  }
  return networks;
}
