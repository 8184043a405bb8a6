/** One random story after another between two clouds, each with an end at which both switches have to hold what they should. */
import { deepStrictEqual, ok } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../harness/api-client.js';
import { eventually } from '../harness/eventually.js';
import type { Random } from '../specs/support/random.js';
import { watchWrites } from '../specs/support/watch-writes.js';
import { type CloudsWorld, HOSTS, type Side } from './clouds-world.js';

const HEALS = { timeoutMs: 90_000 };

interface Port extends Json {
  readonly id: string;
  readonly network_id: string;
  readonly mac_address: string;
  readonly device_owner: string;
  readonly fixed_ips: readonly { readonly ip_address: string }[];
  readonly 'binding:host_id': string;
}

/** IPs so far. */
let told = 0;

export class CloudsStory {
  private macs = 0;

  constructor(
    private readonly world: CloudsWorld,
    private readonly random: Random,
    private readonly tell: (what: string) => void,
  ) {}

  async run(changes: number): Promise<void> {
    for (let change = 1; change <= changes; change += 1) {
      await Promise.allSettled([this.change()]);
      if (change % 12 === 0) await this.fault();
    }
    this.world.loss = 0;
  }

  async comesRight(): Promise<void> {
    await eventually(() => this.isRight(), HEALS);
  }

  async staysSilent(quietMs: number): Promise<void> {
    const writes = await Promise.all(this.world.sides.map(({ cloud }) => watchWrites(cloud.tor('tor').unixEndpoint)));
    await pause(quietMs);
    await Promise.all(writes.map((each) => each.stop()));
    deepStrictEqual(
      writes.flatMap(({ seen }) => seen),
      [],
    );
  }

  private change(): Promise<unknown> {
    const side = this.random.pick(this.world.sides);
    return this.random.pick([
      () => this.addPort(side),
      () => this.addPort(side),
      () => this.removePort(side),
      () => this.moveToHost(side),
      () => this.moveToCloud(side),
      () => side.cloud.tor('tor').learn(this.random.pick(side.networks).id, this.mac(), this.ip()),
    ])();
  }

  private addPort({ cloud, networks }: Side): Promise<unknown> {
    return this.makePort(cloud, this.random.pick(networks).id, this.mac());
  }

  private async removePort({ cloud }: Side): Promise<void> {
    await cloud.api.delete(`/v2.0/ports/${this.random.pick(await portsOf(cloud)).id}`);
  }

  private async moveToHost({ cloud }: Side): Promise<void> {
    const { id } = this.random.pick(await portsOf(cloud));
    await cloud.api.request('PUT', `/v2.0/ports/${id}`, { port: { 'binding:host_id': this.random.pick(HOSTS) } });
  }

  /** Made there before it is broken here, as a live migration is; a MAC moves once. */
  private async moveToCloud(side: Side): Promise<void> {
    const there = this.world.other(side);
    const ports = (await portsOf(side.cloud)).filter(({ name }) => name !== 'moved');
    const port = this.random.pick(ports);
    const at = side.networks.findIndex(({ id }) => id === port.network_id);
    await this.makePort(there.cloud, there.networks[at]?.id ?? '', port.mac_address, 'moved');
    await side.cloud.api.delete(`/v2.0/ports/${port.id}`);
  }

  private makePort({ api }: Side['cloud'], network_id: string, mac_address: string, name = ''): Promise<unknown> {
    const host = this.random.pick(HOSTS);
    const fixed_ips = [{ ip_address: this.ip() }];
    return api.createPort({ network_id, mac_address, name, fixed_ips, 'binding:host_id': host });
  }

  private async fault(): Promise<void> {
    const { cloud } = this.random.pick(this.world.sides);
    const faults: Readonly<Record<string, () => Promise<void>>> = {
      'remote-sync killed': async () => {
        await cloud.syncs.pop()?.kill();
        await cloud.startSync();
      },
      'remote-sync restarted': async () => {
        await cloud.syncs.pop()?.stop();
        await cloud.startSync();
      },
      'remote-sync paused': () => this.frozen(cloud.syncs[0]),
      'a second remote-sync, and the first is killed': async () => {
        await cloud.startSync();
        await cloud.syncs.shift()?.kill();
      },
      'line between the clouds cut': async () => this.world.relay.cut(),
      'a third of what one cloud says is lost': async () => void (this.world.loss = 0.3),
      'nothing is lost any more': async () => void (this.world.loss = 0),
      'bus restarted': () => cloud.cloud.nats.restart(),
      'bus paused': () => this.frozen(cloud.cloud.nats),
      'API killed': async () => {
        await cloud.cloud.replicas.pop()?.kill();
        await cloud.cloud.startApi({ L2GW_CLOUD_ID: cloud.id });
      },
      'API paused': () => this.frozen(cloud.cloud.replicas[0]),
      'agent paused': () => this.frozen(cloud.cloud.agent('tor')),
    };
    const [name, happens] = this.random.pick(Object.entries(faults));
    this.tell(`${cloud.id}: ${name}`);
    await happens();
  }

  private async frozen(something: { pause(): void; resume(): void } | undefined): Promise<void> {
    something?.pause();
    await pause(this.random.below(6) === 0 ? 8000 : 200 + this.random.below(1500));
    something?.resume();
  }

  private async isRight(): Promise<void> {
    let shared = 0;
    for (const side of this.world.sides) {
      const there = this.world.other(side);
      for (const [at, { id }] of side.networks.entries()) {
        const far = await heldBy(there.cloud, there.networks[at]?.id ?? '');
        const near = (await heldBy(side.cloud, id)).filter(({ vtep }) => vtep !== side.cloud.vtep);
        const wanted = [
          ...near.map(({ mac, ip, vtep }) => `${mac} ${ip} ${vtep}`),
          ...far.map(({ mac, ip }) => `${mac} ${ip} ${there.cloud.vtep}@${456 + at}`),
        ];
        shared += far.length;
        const found = await side.cloud.tor('tor').remoteMacs(id);
        deepStrictEqual(
          found.map(
            ({ mac, ip, vtepIp, tunnelKey }) =>
              `${mac} ${ip} ${vtepIp}${tunnelKey === undefined ? '' : `@${tunnelKey}`}`,
          ),
          wanted.sort(),
        );
      }
    }
    ok(shared > 0, 'the story has come to nothing: nobody is in the other cloud');
  }

  /** Another one each time: an IP that two MACs claim belongs to one of them, which is not what the stories are about. */
  private ip(): string {
    const number = (told += 1);
    return `198.18.${(number >> 8) & 0xff}.${number & 0xff}`;
  }

  private mac(): string {
    this.macs += 1;
    const bytes = [this.macs >> 8, this.macs & 255].map((byte) => byte.toString(16).padStart(2, '0'));
    return `02:00:00:00:${bytes.join(':')}`;
  }
}

interface Held {
  readonly mac: string;
  readonly ip: string;
  readonly vtep: string;
}

/** Who is in the network in this cloud itself: what REST says of its ports, and `vtep-ctl` of what its switch has learned. */
async function heldBy(cloud: Side['cloud'], network: string): Promise<readonly Held[]> {
  const { agents } = (await cloud.api.get('/v2.0/agents')) as {
    agents: { host: string; configurations: { tunneling_ip: string } }[];
  };
  const vteps = new Map(agents.map(({ host, configurations }) => [host, configurations.tunneling_ip]));
  const ports = (await portsOf(cloud)).filter(({ network_id }) => network_id === network);
  const machines = ports.map((port) => ({
    mac: port.mac_address,
    ip: port.fixed_ips[0]?.ip_address ?? '',
    vtep: vteps.get(port['binding:host_id']) ?? '',
  }));
  const metal = await cloud.tor('tor').localMacs(network);
  return [...machines, ...metal.map(({ mac, ip }) => ({ mac, ip, vtep: cloud.vtep }))];
}

async function portsOf({ api }: Side['cloud']): Promise<readonly Port[]> {
  const { ports } = (await api.get('/v2.0/ports')) as { ports: Port[] };
  return ports.filter(({ device_owner }) => device_owner === '');
}
