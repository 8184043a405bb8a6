/** A whole cloud with neighbours: its API, switches and agents, and the remote-sync that speaks for it. */
import type { Json } from './api-client.js';
import { type Cloud, type CloudOptions, startCloud } from './cloud.js';
import type { EmulatedTor } from './emulated-tor.js';
import { eventually } from './eventually.js';
import { type Program, startProgram } from './program.js';
import { type CloudKey, newCloudKey } from './sync-cloud.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

export interface WholeCloudOptions extends CloudOptions {
  /** Its id among clouds. */
  readonly id: string;
  /** Of the remote gateway by which its neighbours reach it: the tunnel IP of its border switch. */
  readonly vtep: string;
}

/** A network that a cloud shares with a neighbour. */
export interface SharedNetwork {
  readonly id: string;
  readonly vni: number;
  /** Of the gateway connection, and of the remote gateway connection. */
  readonly connection: string;
  readonly gateway: string;
  readonly stretch: string;
}

export class WholeCloud {
  /** Instances of remote-sync. */
  readonly syncs: Program[] = [];
  /** The remote gateways of its neighbours, by their cloud ids. */
  private readonly remoteGateways = new Map<string, string>();

  private constructor(
    readonly cloud: Cloud,
    private readonly options: WholeCloudOptions,
    private readonly dir: string,
    readonly key: CloudKey,
  ) {}

  static async start(options: WholeCloudOptions): Promise<WholeCloud> {
    const dir = await temporaryDirectory(`cloud-${options.id}`);
    const api = { L2GW_CLOUD_ID: options.id, ...options.api };
    const whole = new WholeCloud(await startCloud({ ...options, api }), options, dir, await newCloudKey(dir));
    await whole.startSync();
    return whole;
  }

  get id(): string {
    return this.options.id;
  }

  get vtep(): string {
    return this.options.vtep;
  }

  get api() {
    return this.cloud.api;
  }

  tor(name: string): EmulatedTor {
    return this.cloud.tor(name);
  }

  async startSync(): Promise<Program> {
    const program = await startProgram('remote-sync', {
      L2GW_NATS_URL: this.cloud.natsUrl,
      L2GW_SYNC_KEY_FILE: this.key.file,
      L2GW_SYNC_SECRETS_DIR: this.dir,
    });
    this.syncs.push(program);
    return program;
  }

  /** Makes the neighbour known; `servers`: where its bus is, if it is we who dial. Answers the peer's id. */
  async meet(neighbour: WholeCloud, servers: readonly string[] = []): Promise<string> {
    const { id: cloud, vtep: ipaddr, key } = neighbour;
    const gateway = await this.create('l2-remote-gateways', 'l2_remote_gateway', { name: cloud, ipaddr });
    this.remoteGateways.set(cloud, gateway);
    const keys = [key.publicKey];
    const peer = { name: cloud, cloud, keys, servers, remote_gateways: [gateway] };
    return this.create('l2-sync-peers', 'l2_sync_peer', peer);
  }

  /** A network on a port of the switch, shared with the neighbour under this number; `vni`: its own, if not any. */
  async share(
    neighbour: WholeCloud,
    segId: number,
    place: { readonly tor: string; readonly port: string; readonly vlan: number; readonly vni?: number },
  ): Promise<SharedNetwork> {
    const { id, vni } = await this.api.createNetwork({
      name: `shared-${segId}`,
      ...(place.vni === undefined ? {} : { 'provider:segmentation_id': place.vni }),
    });
    const devices = [{ device_name: place.tor, interfaces: [{ name: place.port }] }];
    const gateway = await this.api.createGateway(`to-${neighbour.id}-${segId}`, devices);
    const connection = await this.api.connect(gateway, id, place.vlan);
    return { id, vni, connection, gateway, stretch: await this.stretch(neighbour, segId, { network: id, gateway }) };
  }

  /** A network that the gateway has, shared with the neighbour under this number. Answers the remote gateway connection's id. */
  stretch(
    neighbour: WholeCloud,
    segId: number,
    { network, gateway }: { readonly network: string; readonly gateway: string },
  ): Promise<string> {
    return this.create('l2-remote-gateway-connections', 'l2_remote_gateway_connection', {
      l2_gateway_id: gateway,
      network_id: network,
      remote_gateway_id: this.remoteGateways.get(neighbour.id),
      segmentation_id: segId,
      flood: true,
    });
  }

  async peer(id: string): Promise<Json> {
    return (await this.api.get(`/v2.0/l2-sync-peers/${id}`))['l2_sync_peer'] as Json;
  }

  async remoteMacs(): Promise<readonly Json[]> {
    return (await this.api.get('/v2.0/l2-remote-macs'))['l2_remote_macs'] as Json[];
  }

  /** The agents have told the API which ports there are. */
  async knowsPorts(tor: string, count: number): Promise<void> {
    await eventually(async () => {
      const { l2_switch } = (await this.api.get(`/v2.0/l2-switches/${tor}`)) as { l2_switch: { ports: unknown[] } };
      if (l2_switch.ports.length !== count) throw new Error(`${tor} has told of ${l2_switch.ports.length} ports`);
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.syncs.map((program) => program.stop()));
    await this.cloud.stop();
    await removeDirectory(this.dir);
  }

  private async create(path: string, noun: string, body: object): Promise<string> {
    const answer = (await this.api.post(`/v2.0/${path}`, { [noun]: body })) as Record<string, { id: string }>;
    return answer[noun]?.id ?? '';
  }
}
