/** A whole cloud on real parts: PostgreSQL, nats-server, API replicas, emulated ToRs and their agents, as processes of their own. */
import { ApiClient } from './api-client.js';
import { EmulatedTor, startTor } from './emulated-tor.js';
import { type NatsServer, startNatsServer } from './nats-server.js';
import { type OvsdbServerOptions, startOvsdbServer } from './ovsdb-server.js';
import { type Program, startProgram } from './program.js';
import { createDatabase } from './shared-postgres.js';
import type { PhysicalSwitch } from './tor-inventory.js';

export interface CloudOptions {
  /** Names databases and directories. */
  readonly name: string;
  /** API replicas; 1 if absent. */
  readonly replicas?: number;
  readonly switches?: readonly SwitchOptions[];
  /** A database of the caller's; a new one on the shared server if absent. */
  readonly databaseUrl?: string;
  /** A bus of the caller's; a new server if absent. */
  readonly natsUrl?: string | NatsServer;
  /** More settings for every agent. */
  readonly agent?: Readonly<Record<string, string>>;
  /** More settings for the API. */
  readonly api?: Readonly<Record<string, string>>;
}

export interface SwitchOptions {
  readonly name: string;
  readonly tunnelIps: readonly string[];
  readonly ports: readonly string[];
  /** How its database is started, if not as usual. */
  readonly server?: OvsdbServerOptions;
}

interface ToR {
  readonly tor: EmulatedTor;
  agent: Program | undefined;
}

export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const databaseUrl = options.databaseUrl ?? (await createDatabase(options.name));
  const bus = options.natsUrl === undefined ? await startNatsServer() : options.natsUrl;
  const cloud = new Cloud(databaseUrl, bus, { api: options.api ?? {}, agent: options.agent ?? {} });
  try {
    for (let replica = 0; replica < (options.replicas ?? 1); replica += 1) await cloud.startApi();
    await Promise.all((options.switches ?? []).map((each) => cloud.addSwitch(each)));
    return cloud;
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}

export class Cloud {
  readonly replicas: Program[] = [];
  private readonly tors = new Map<string, ToR>();

  constructor(
    readonly databaseUrl: string,
    private readonly bus: NatsServer | string,
    private readonly settings: {
      readonly api: Readonly<Record<string, string>>;
      readonly agent: Readonly<Record<string, string>>;
    },
  ) {}

  /** The cloud's own server, to be restarted and paused. */
  get nats(): NatsServer {
    if (typeof this.bus === 'string') throw new Error('the bus is not ours');
    return this.bus;
  }

  get natsUrl(): string {
    return typeof this.bus === 'string' ? this.bus : this.bus.url;
  }

  /** Talks to the first replica. */
  get api(): ApiClient {
    return this.clientOf(0);
  }

  clientOf(replica: number): ApiClient {
    const program = this.replicas[replica];
    if (program === undefined) throw new Error(`there is no API replica ${replica}`);
    return new ApiClient(program.url);
  }

  /** Another replica; `settings` go before the cloud's. */
  async startApi(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
    const program = await startProgram('api', {
      L2GW_DATABASE_URL: this.databaseUrl,
      L2GW_NATS_URL: this.natsUrl,
      L2GW_HTTP_LISTEN: '127.0.0.1:0',
      L2GW_AUTH: 'none',
      ...this.settings.api,
      ...settings,
    });
    this.replicas.push(program);
    return program;
  }

  /** An emulated ToR with its agent. */
  async addSwitch(options: SwitchOptions): Promise<EmulatedTor> {
    const tor = await startTor(options);
    this.tors.set(options.name, { tor, agent: undefined });
    await this.startAgent(options.name);
    return tor;
  }

  /** Several switches in one database, with one agent, which goes by the name of the first. */
  async addSwitches(all: readonly PhysicalSwitch[]): Promise<void> {
    const server = await startOvsdbServer({ physicalSwitches: all });
    for (const options of all) this.tors.set(options.name, { tor: new EmulatedTor(server, options), agent: undefined });
    const names = all.map(({ name }) => name);
    await this.startAgent(names[0] ?? '', undefined, { L2GW_SWITCH_NAME: names.join() });
  }

  tor(name: string): EmulatedTor {
    return this.entry(name).tor;
  }

  agent(name: string): Program {
    const { agent } = this.entry(name);
    if (agent === undefined) throw new Error(`the agent of ${name} does not run`);
    return agent;
  }

  /** `endpoint`: where the agent finds the switch, if not directly; `settings` go before the cloud's. */
  async startAgent(name: string, endpoint?: string, settings: Readonly<Record<string, string>> = {}): Promise<Program> {
    const entry = this.entry(name);
    entry.agent = await startProgram('gateway-agent', {
      L2GW_SWITCH_NAME: name,
      L2GW_OVSDB_ENDPOINT: endpoint ?? entry.tor.unixEndpoint,
      L2GW_NATS_URL: this.natsUrl,
      L2GW_LEFTOVER_GRACE_MS: '0',
      ...this.settings.agent,
      ...settings,
    });
    return entry.agent;
  }

  async stopAgent(name: string): Promise<void> {
    await this.agent(name).stop();
    this.entry(name).agent = undefined;
  }

  async killAgent(name: string): Promise<void> {
    await this.agent(name).kill();
    this.entry(name).agent = undefined;
  }

  async stop(): Promise<void> {
    const entries = [...this.tors.values()];
    await Promise.all([
      ...entries.map(({ agent }) => agent?.stop()),
      ...this.replicas.map((replica) => replica.stop()),
    ]);
    await Promise.all(entries.map(({ tor }) => tor.stop()));
    if (typeof this.bus !== 'string') await this.bus.stop();
  }

  private entry(name: string): ToR {
    const entry = this.tors.get(name);
    if (entry === undefined) throw new Error(`the cloud has no switch ${name}`);
    return entry;
  }
}
