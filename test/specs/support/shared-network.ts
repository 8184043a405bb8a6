import { randomUUID } from 'node:crypto';
import { type Bus, connectBus } from '@l2gw/bus';
import {
  type ExportedMac,
  type SyncGranted,
  type SyncRow,
  exportTable,
  importTable,
  syncClient,
  syncReport,
  syncSession,
  syncTable,
} from '@l2gw/contracts';
import { PushWriter, type Replica, TableReader } from '@l2gw/tables';
import type { Json } from '../../harness/api-client.js';
import type { Cloud } from '../../harness/cloud.js';

/** The public key of RFC 8032 §7.1, test 1. */
export const KEY = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString(
  'base64',
);

let used = 0;

export interface Shared {
  readonly network: string;
  readonly gateway: string;
  readonly remoteGateway: string;
  /** The remote gateway connection. */
  readonly stretch: string;
  readonly vni: number;
}

async function create(cloud: Cloud, path: string, noun: string, body: Json): Promise<string> {
  const answer = await cloud.api.post(`/v2.0/${path}`, { [noun]: body });
  return String((answer[noun] as Json)['id']);
}

export const createRemoteGateway = (cloud: Cloud, ipaddr = '198.51.100.1'): Promise<string> =>
  create(cloud, 'l2-remote-gateways', 'l2_remote_gateway', { name: 'far', ipaddr });

export const createPeer = (cloud: Cloud, name: string, attributes: Json = {}): Promise<string> =>
  create(cloud, 'l2-sync-peers', 'l2_sync_peer', { name, cloud: name, keys: [KEY], ...attributes });

export const stretchTo = (cloud: Cloud, network: string, gateway: string, remote: string): Promise<string> =>
  create(cloud, 'l2-remote-gateway-connections', 'l2_remote_gateway_connection', {
    l2_gateway_id: gateway,
    network_id: network,
    remote_gateway_id: remote,
  });

/** A network that is connected to a port of the switch, and stretched to a remote gateway of its own. */
export async function stretchNetwork(cloud: Cloud, switchName = 'tor1', port?: string): Promise<Shared> {
  used += 1;
  const { id: network, vni } = await cloud.api.createNetwork();
  const interfaces = [{ name: port ?? `eth${used}`, segmentation_id: [100 + used] }];
  const gateway = await cloud.api.createGateway(`gateway-${used}`, [{ device_name: switchName, interfaces }]);
  await cloud.api.connect(gateway, network);
  const remoteGateway = await createRemoteGateway(cloud, `198.51.100.${used}`);
  return { network, gateway, remoteGateway, vni, stretch: await stretchTo(cloud, network, gateway, remoteGateway) };
}

/** What remote-sync does on its own cloud's bus: it follows what is written for it, and pushes what peers have said. */
export class SyncHand {
  readonly instance = randomUUID();
  epoch = 0;
  private readonly reader: TableReader;
  private followed: Replica<SyncRow> | undefined;
  private readonly writers = new Map<string, PushWriter>();

  private constructor(readonly bus: Bus) {
    this.reader = new TableReader({ bus, client: syncClient, writer: 'api' });
    this.reader.start();
  }

  static async connect(natsUrl: string): Promise<SyncHand> {
    return new SyncHand(await connectBus({ servers: [natsUrl], client: syncClient }));
  }

  async ask(request: Json): Promise<Json> {
    const { body } = await this.bus.request(syncSession.subject, JSON.stringify(request), { timeoutMs: 5000 });
    return JSON.parse(body) as Json;
  }

  /** Becomes the active one. Throws if another one is. */
  async open(): Promise<number> {
    const answer = syncSession.decodeReply(await this.ask({ instance: this.instance }));
    if (!('epoch' in answer)) throw new Error(`held by ${answer.heldBy}`);
    this.epoch = (answer satisfies SyncGranted).epoch;
    return this.epoch;
  }

  /** What remote-sync is told of peers and stretches. */
  get sync(): Replica<SyncRow> {
    this.followed ??= this.reader.follow(syncTable.table, syncTable.decode);
    return this.followed;
  }

  /** What other clouds are told of the network; once for each. */
  followExport(network: string): Replica<ExportedMac> {
    return this.reader.follow(exportTable.table(network), exportTable.decode);
  }

  imports(cloud: string, stretch: string): PushWriter {
    return this.writer(importTable.table(cloud, stretch));
  }

  get report(): PushWriter {
    return this.writer(syncReport.table);
  }

  /** Says that the peer's cloud has the MAC. */
  async says(cloud: string, stretch: string, mac: string, row: Partial<ExportedMac> = {}): Promise<void> {
    const writer = this.imports(cloud, stretch);
    writer.put(mac, { sequence: 0, ips: [], kind: 'learned', ...row });
    await writer.settled();
  }

  async takesBack(cloud: string, stretch: string, mac: string): Promise<void> {
    const writer = this.imports(cloud, stretch);
    writer.drop(mac);
    await writer.settled();
  }

  async close(): Promise<void> {
    this.reader.stop();
    for (const writer of this.writers.values()) writer.stop();
    await this.bus.close();
  }

  private writer(table: string): PushWriter {
    const known = this.writers.get(table);
    if (known !== undefined) return known;
    const writer = new PushWriter({ bus: this.bus, client: syncClient, table });
    this.writers.set(table, writer);
    writer.open(this.epoch);
    return writer;
  }
}
