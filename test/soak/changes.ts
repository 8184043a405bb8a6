/** Everything that operators, the cloud's scheduler and bare-metal servers do, at random. */
import type { Random } from '../specs/support/random.js';
import { HOSTS, type SoakWorld, SWITCHES } from './soak-world.js';

/** Whatever the API answers, or whether it answers at all: only what it says in the end counts. */
export type Deed = () => Promise<unknown>;

export class Changes {
  private macs = 0;

  constructor(
    private readonly world: SoakWorld,
    private readonly random: Random,
  ) {}

  /** Each as often as it is to happen. */
  get all(): readonly Deed[] {
    return [
      ...times(3, this.connect),
      ...times(4, this.stretch),
      ...times(4, this.stateNew),
      ...times(2, this.stateKnown),
      ...times(2, this.disconnect),
      ...[this.addPort, this.addPort, this.movePort, this.removePort, this.moveHost],
      ...[this.learn, this.unstretch, this.unstate, this.moveRemoteGateway, this.declare],
    ];
  }

  /** What a story ends with, so that there is something to look at. */
  get ending(): readonly Deed[] {
    return [...times(5, this.connect), ...times(5, this.stretch), ...times(5, this.stateNew)];
  }

  private readonly connect: Deed = () =>
    this.api.connect(this.pick(this.world.gateways), this.network(), this.random.below(5) + 100);

  private readonly disconnect: Deed = () => this.removeOne('/v2.0/l2-gateway-connections');

  private readonly stretch: Deed = () =>
    this.api.request('POST', '/v2.0/l2-remote-gateway-connections', {
      l2_remote_gateway_connection: {
        gateway: this.pick(this.world.gateways),
        network: this.network(),
        remote_gateway: this.pick(this.world.remoteGateways),
        seg_id: this.pick([null, 9000 + this.random.below(3)]),
        flood: this.pick([true, false]),
      },
    });

  private readonly unstretch: Deed = () => this.removeOne('/v2.0/l2-remote-gateway-connections');

  private readonly stateNew: Deed = () => this.state(this.mac());

  private readonly stateKnown: Deed = async () => {
    const { ports } = (await this.api.get('/v2.0/ports')) as { ports: { mac_address: string }[] };
    await this.state(this.pick(ports).mac_address);
  };

  private readonly unstate: Deed = () => this.removeOne('/v2.0/l2-remote-macs');

  private readonly addPort: Deed = () =>
    this.api.createPort({
      network_id: this.network(),
      mac_address: this.mac(),
      'binding:host_id': this.pick(HOSTS),
      ...(this.random.below(2) === 0 ? {} : { fixed_ips: [{ ip_address: this.ip() }] }),
    });

  private readonly movePort: Deed = async () =>
    this.api.request('PUT', `/v2.0/ports/${await this.one('/v2.0/ports')}`, {
      port: { 'binding:host_id': this.pick(HOSTS) },
    });

  private readonly removePort: Deed = () => this.removeOne('/v2.0/ports');

  private readonly moveHost: Deed = () =>
    this.api.registerHost(this.pick(HOSTS), `10.0.1.${this.random.below(20) + 1}`);

  private readonly learn: Deed = () =>
    this.world.cloud.tor(this.pick(SWITCHES)).learn(this.network(), this.mac(), '192.0.2.250');

  private readonly moveRemoteGateway: Deed = () =>
    this.api.request('PUT', `/v2.0/l2-remote-gateways/${this.pick(this.world.remoteGateways)}`, {
      l2_remote_gateway: { ipaddr: `198.51.100.${this.random.below(9) + 1}` },
    });

  private readonly declare: Deed = () =>
    this.api.request('PUT', `/v2.0/l2-switches/${this.pick(SWITCHES)}`, {
      l2_switch: { capabilities: ['tunnel_key', 'relays_unicast'].filter(() => this.random.below(3) > 0) },
    });

  private async state(mac: string): Promise<void> {
    const rgw_connection = await this.one('/v2.0/l2-remote-gateway-connections');
    await this.api.request('POST', '/v2.0/l2-remote-macs', { l2_remote_mac: { mac, ip: this.ip(), rgw_connection } });
  }

  private async removeOne(path: string): Promise<void> {
    await this.api.request('DELETE', `${path}/${await this.one(path)}`);
  }

  /** Any of them that is not a gateway's own port. */
  private async one(path: string): Promise<string> {
    const [rows = []] = Object.values(await this.api.get(path)) as { id: string; device_owner?: string }[][];
    return this.pick(rows.filter((each) => !each.device_owner)).id;
  }

  private get api() {
    return this.world.cloud.api;
  }

  private pick<Item>(items: readonly Item[]): Item {
    return this.random.pick(items);
  }

  private network(): string {
    return this.pick(this.world.networks);
  }

  private ip(): string {
    return `192.0.2.${this.random.below(200) + 1}`;
  }

  private mac(): string {
    this.macs += 1;
    const bytes = [this.macs >> 8, this.macs & 255].map((byte) => byte.toString(16).padStart(2, '0'));
    return `02:00:00:00:${bytes.join(':')}`;
  }
}

function times(count: number, deed: Deed): readonly Deed[] {
  return Array.from({ length: count }, () => deed);
}
