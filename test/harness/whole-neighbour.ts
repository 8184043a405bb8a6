/** A whole cloud with a neighbour: API, PostgreSQL, bus, a switch with its agent, and remote-sync. */
import type { Json } from './api-client.js';
import { type Cloud, startCloud } from './cloud.js';
import { type Program, startProgram } from './program.js';
import { type CloudKey, newCloudKey } from './sync-cloud.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

export interface WholeNeighbourOptions {
  readonly id: string;
  /** Of its only switch, `tor-1`: there its end of every stretch is. */
  readonly tunnelIp: string;
}

export interface Stretched {
  readonly network: string;
  readonly connection: string;
}

/** The number by which clouds know a network between them, and that by which this one knows it. */
export interface StretchNumbers {
  readonly vni: number;
  readonly segId: number;
}

export class WholeNeighbour {
  readonly tor = 'tor-1';
  sync: Program | undefined;
  private remoteGateway = '';
  private used = 0;

  private constructor(
    readonly options: WholeNeighbourOptions,
    readonly cloud: Cloud,
    readonly key: CloudKey,
    private readonly dir: string,
  ) {}

  static async start(options: WholeNeighbourOptions): Promise<WholeNeighbour> {
    const { id, tunnelIp } = options;
    const dir = await temporaryDirectory(`neighbour-${id}`);
    const ports = ['Ethernet1', 'Ethernet2', 'Ethernet3'];
    const switches = [{ name: 'tor-1', tunnelIps: [tunnelIp], ports }];
    const cloud = await startCloud({ name: `neighbour ${id}`, api: { L2GW_CLOUD_ID: id }, switches });
    return new WholeNeighbour(options, cloud, await newCloudKey(dir), dir);
  }

  async startSync(): Promise<Program> {
    this.sync = await startProgram('remote-sync', {
      L2GW_NATS_URL: this.cloud.natsUrl,
      L2GW_SYNC_KEY_FILE: this.key.file,
      L2GW_SYNC_SECRETS_DIR: this.dir,
    });
    return this.sync;
  }

  /** What an operator does to make the other cloud a neighbour; `servers`: where its bus is. */
  async meet({ options, key }: WholeNeighbour, servers: readonly string[] = []): Promise<string> {
    this.remoteGateway = await this.create('l2-remote-gateways', 'l2_remote_gateway', {
      name: options.id,
      ipaddr: options.tunnelIp,
    });
    return this.create('l2-sync-peers', 'l2_sync_peer', {
      ...{ name: options.id, cloud: options.id, keys: [key.publicKey], servers },
      remote_gateways: [this.remoteGateway],
    });
  }

  /** A network, connected to a port of the switch and stretched to the neighbour. */
  async stretch({ vni, segId }: StretchNumbers): Promise<Stretched> {
    this.used += 1;
    const { api } = this.cloud;
    const { id: network } = await api.createNetwork({ 'provider:segmentation_id': vni });
    const interfaces = [{ name: `Ethernet${this.used}` }];
    const gateway = await api.createGateway(`gateway-${this.used}`, [{ device_name: this.tor, interfaces }]);
    await api.connect(gateway, network, 100);
    const connection = await this.create('l2-remote-gateway-connections', 'l2_remote_gateway_connection', {
      ...{ l2_gateway_id: gateway, network_id: network, remote_gateway_id: this.remoteGateway },
      ...{ segmentation_id: segId, flood: true },
    });
    return { network, connection };
  }

  async peer(id: string): Promise<Json> {
    return (await this.cloud.api.get(`/v2.0/l2-sync-peers/${id}`))['l2_sync_peer'] as Json;
  }

  async remoteMacs(): Promise<readonly Json[]> {
    return (await this.cloud.api.get('/v2.0/l2-remote-macs'))['l2_remote_macs'] as Json[];
  }

  async stop(): Promise<void> {
    await this.sync?.stop();
    await this.cloud.stop();
    await removeDirectory(this.dir);
  }

  private async create(path: string, noun: string, body: Json): Promise<string> {
    const answer = await this.cloud.api.post(`/v2.0/${path}`, { [noun]: body });
    return String((answer[noun] as Json)['id']);
  }
}
