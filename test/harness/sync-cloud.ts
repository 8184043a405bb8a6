/** A cloud as its neighbours see it: a bus, remote-sync as a process of its own, and what its API says to it. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NatsServer, startNatsServer } from './nats-server.js';
import { type Program, startProgram } from './program.js';
import { SyncApiStandIn } from './sync-api-stand-in.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

/** An Ed25519 key in a file, with its public half as peers are given it. */
export interface CloudKey {
  readonly file: string;
  readonly publicKey: string;
}

export async function newCloudKey(dir: string, name = 'cloud.key'): Promise<CloudKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const file = join(dir, name);
  await writeFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const { x = '' } = privateKey.export({ format: 'jwk' });
  return { file, publicKey: Buffer.from(x, 'base64url').toString('base64') };
}

export interface SyncCloudOptions {
  readonly id: string;
  /** Epochs of its sessions begin above it. */
  readonly firstEpoch?: number;
  /** Of remote-sync. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Its bus and the seed of its API there, if not everybody may say everything. */
  readonly secured?: { readonly nats: NatsServer; readonly apiSeed: string };
}

export class SyncCloud {
  /** Instances of remote-sync. */
  readonly programs: Program[] = [];

  private constructor(
    readonly id: string,
    readonly dir: string,
    readonly nats: NatsServer,
    readonly api: SyncApiStandIn,
    public key: CloudKey,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async start({ id, firstEpoch, settings = {}, secured }: SyncCloudOptions): Promise<SyncCloud> {
    const dir = await temporaryDirectory(`cloud-${id}`);
    const nats = secured?.nats ?? (await startNatsServer());
    const api = await SyncApiStandIn.start(nats.url, { firstEpoch, nkeySeed: secured?.apiSeed });
    const cloud = new SyncCloud(id, dir, nats, api, await newCloudKey(dir), settings);
    api.sync('cloud', { id });
    return cloud;
  }

  async startSync(): Promise<Program> {
    const program = await startProgram('remote-sync', {
      L2GW_NATS_URL: this.nats.url,
      L2GW_SYNC_KEY_FILE: this.key.file,
      L2GW_SYNC_SECRETS_DIR: this.dir,
      ...this.settings,
    });
    this.programs.push(program);
    return program;
  }

  /** The one that was started last. */
  get program(): Program {
    const program = this.programs.at(-1);
    if (program === undefined) throw new Error(`remote-sync of ${this.id} was never started`);
    return program;
  }

  /** What an operator says of a peer; `servers`: where it is, nothing if it comes to us. */
  meet(peer: SyncCloud, row: object = {}): void {
    const { publicKey } = peer.key;
    this.api.sync(`peer/${peer.id}`, {
      ...PEER,
      name: peer.id,
      cloud: peer.id,
      keys: [publicKey],
      servers: [],
      ...row,
    });
  }

  /** Shares a network of this cloud; connection and network are named after it. */
  share(name: string, peer: string, row: object = {}): void {
    this.api.sync(`stretch/${name}`, { ...STRETCH, peer, network: name, ...row });
  }

  /** What its API asks remote-sync for an operator. */
  async ask(question: string, request: object): Promise<unknown> {
    const subject = `l2gw.v1.ask.sync.${question}`;
    return JSON.parse((await this.api.bus.request(subject, JSON.stringify(request), { timeoutMs: 25_000 })).body);
  }

  async stop(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    await this.api.stop();
    await this.nats.stop();
    await removeDirectory(this.dir);
  }
}

const PEER = {
  enabled: true,
  limits: { macs: 10_000, ips: 64, total: 100_000 },
  staleSeconds: 86_400,
  exportRules: [],
  importRules: [],
};

const STRETCH = { segId: 456, vtep: '192.0.2.1', flood: true, subnets: [], ownVteps: ['192.0.2.1'], routerMacs: [] };
