/** A gateway-agent between real servers: its switch's ovsdb-server, a nats-server, and at the far end of the wire the API's tables. */
import { type Bus, connectBus, type Subscription } from '@l2gw/bus';
import {
  apiWriter,
  type LogicalSwitchRow,
  learnedTable,
  networkTable,
  openSession,
  reportTable,
  switchClientId,
  switchTable,
} from '@l2gw/contracts';
import { parseEndpoint, type TlsSettings } from '@l2gw/ovsdb';
import {
  hashToHex,
  MemoryPushStore,
  MemoryTables,
  PushReceiver,
  rowHash,
  type RowOp,
  TablePublisher,
  TableServer,
} from '@l2gw/tables';
import type { AgentConfig } from '../../../apps/gateway-agent/src/config.js';
import { startAgent } from '../../../apps/gateway-agent/src/start-agent.js';
import { type EmulatedTor, startTor, type TorOptions } from '../../harness/emulated-tor.js';
import { eventually } from '../../harness/eventually.js';
import { type NatsServer, startNatsServer } from '../../harness/nats-server.js';
import { ForeignHand } from './foreign-hand.js';
import { watchWrites, type Writes } from './watch-writes.js';

export interface Wanted extends Pick<LogicalSwitchRow, 'maxFloodLocators' | 'maxMacs' | 'bfd' | 'drift'> {
  readonly vni: number;
  readonly name: string;
  readonly bindings: readonly { readonly port: string; readonly vlan: number }[];
  /** `source_node` if absent. */
  readonly replication?: LogicalSwitchRow['replication'];
  readonly serviceNodes?: readonly string[];
}

export interface Place {
  readonly vtep: string;
  readonly ips?: readonly string[];
}

export interface LoggedEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** An agent that runs in this process. */
export interface RunningAgent {
  readonly events: readonly LoggedEvent[];
  saw(event: string): boolean;
  stop(): Promise<void>;
}

/** What a specification is about. */
type Settings = Partial<Pick<AgentConfig, 'stateDir' | 'leftoverGraceMs' | 'adopts'>>;

export const SWITCH = 'tor1';

export async function startAgentWorld(tor: Partial<TorOptions> = {}): Promise<AgentWorld> {
  const switch_ = await startTor({
    name: SWITCH,
    tunnelIps: ['10.0.0.1'],
    ports: ['Ethernet1', 'Ethernet2', 'Ethernet3', 'Ethernet4'],
    ...tor,
  });
  const nats = await startNatsServer();
  const bus = await connectBus({ servers: [nats.url], client: 'api' });
  return new AgentWorld(switch_, nats, bus);
}

export class AgentWorld {
  readonly client = switchClientId(SWITCH);
  /** Tables that nobody may read for the moment. */
  readonly refused = new Set<string>();
  readonly tables = new MemoryTables({ epoch: 'spec', mayRead: (_, table) => !this.refused.has(table) });
  readonly pushed = new MemoryPushStore();
  readonly foreigner: ForeignHand;
  /** How often an agent has asked for the right to push. */
  sessions = 0;
  private probes = 0;
  private readonly agents: RunningAgent[] = [];
  private readonly watchers: Writes[] = [];
  private readonly publisher: TablePublisher;
  private readonly servers: readonly { start(): void; stop(): void }[];
  private door: Subscription | undefined;

  constructor(
    readonly tor: EmulatedTor,
    readonly nats: NatsServer,
    readonly bus: Bus,
  ) {
    this.foreigner = new ForeignHand(tor.server, SWITCH);
    const position = () => this.tables.now();
    this.publisher = new TablePublisher({ bus, writer: apiWriter.name, instance: 'spec', position });
    const server = new TableServer({ bus, source: this.tables });
    const receiver = new PushReceiver({ bus, store: this.pushed, mayPush: () => true });
    this.servers = [server, receiver, this.publisher];
    this.answer();
    this.write(switchTable.table(this.client), []);
  }

  /** The API comes (back). */
  answer(): void {
    for (const each of this.servers) each.start();
    this.door = this.bus.serve(openSession.served, 'api', async () => ({
      body: JSON.stringify({ epoch: this.openSession() }),
    }));
  }

  /** The API goes away. */
  silence(): void {
    for (const each of this.servers) each.stop();
    this.door?.stop();
  }

  /** Starts an agent of the switch; `endpoint`: where it finds the database, if not directly. */
  async startAgent(
    endpoint = this.tor.unixEndpoint,
    tls?: TlsSettings,
    settings: Settings = {},
  ): Promise<RunningAgent> {
    const events: LoggedEvent[] = [];
    const take = (event: string, fields?: object): void => void events.push({ event, ...fields });
    const { stop } = await startAgent(
      {
        switchNames: [SWITCH],
        ovsdb: { endpoint: parseEndpoint(endpoint), probeMs: 5000, tls },
        bus: { servers: [this.nats.url] },
        http: undefined,
        logLevel: 'debug',
        stateDir: undefined,
        adopts: false,
        leftoverGraceMs: 0,
        ...settings,
      },
      { debug: take, info: take, warn: take, error: take },
    );
    const saw = (event: string): boolean => events.some((each) => each.event === event);
    const agent: RunningAgent = { events, saw, stop: () => (this.forget(agent), stop()) };
    this.agents.push(agent);
    return agent;
  }

  async startConverged(endpoint?: string, tls?: TlsSettings, settings?: Settings): Promise<RunningAgent> {
    const agent = await this.startAgent(endpoint, tls, settings);
    await eventually(() => expect(agent.saw('converged')).toBe(true));
    return agent;
  }

  /** What the switch should hold of the network from now on; `undefined`: nothing. */
  want(network: string, wanted: Wanted | undefined): void {
    const table = switchTable.table(this.client);
    if (wanted === undefined) return this.write(table, [{ key: network }]);
    this.write(table, [{ key: network, row: rowOf(wanted) }]);
  }

  /** Who is where in the network; `undefined`: nowhere any more. The table exists from the first call on. */
  place(network: string, macs: Readonly<Record<string, Place | undefined>>): void {
    const ops = Object.entries(macs).map(([mac, place]): RowOp => {
      const key = networkTable.macKey(mac);
      return place ? { key, row: { place: { vtep: place.vtep }, ips: place.ips ?? [], kind: 'port' } } : { key };
    });
    this.write(networkTable.table(network), ops);
  }

  /** Who is flooded to. */
  flood(network: string, vteps: readonly string[], gone: readonly string[] = []): void {
    const puts = vteps.map((vtep): RowOp => ({ key: networkTable.vtepKey(vtep), row: { kind: 'host' } }));
    this.write(networkTable.table(network), [...puts, ...gone.map((vtep) => ({ key: networkTable.vtepKey(vtep) }))]);
  }

  write(table: string, ops: readonly RowOp[]): void {
    this.publisher.publish(this.tables.epoch, [this.tables.write(table, ops)]);
  }

  publishRemoval(table: string): void {
    this.publisher.publish(this.tables.epoch, [this.tables.remove(table)]);
  }

  /** What the agent has told of the switch, as the API would store it. */
  report(key: string): unknown {
    return this.pushed.rowsOf(reportTable.table(this.client)).get(key);
  }

  get learned(): readonly unknown[] {
    return [...this.pushed.rowsOf(learnedTable.table(this.client)).values()];
  }

  confirmation(network: string): unknown {
    return this.report(reportTable.confirmationKey(network));
  }

  /** The switch has confirmed exactly what is wanted now. */
  async applied(network: string, wanted: Wanted): Promise<void> {
    const row = hashToHex(rowHash(network, rowOf(wanted)));
    await eventually(() => expect(this.confirmation(network)).toEqual({ row, state: 'applied', problems: [] }));
  }

  async failed(network: string, code: string, text: RegExp): Promise<void> {
    const problems = [{ code, text: expect.stringMatching(text) }];
    await eventually(() => expect(this.confirmation(network)).toMatchObject({ state: 'failed', problems }));
  }

  /** Every write of anybody to the switch's database from now on; ended with the world, if not before. */
  async watchWrites(): Promise<Writes> {
    const writes = await watchWrites(this.tor.unixEndpoint);
    this.watchers.push(writes);
    return writes;
  }

  /**
   * What anybody but the switch has written while `work` was done and until the agent has taken notice of everything: it works
   * off events of the switch in their order, so it is told of a MAC at the end and has to tell of it.
   */
  async writesDuring(network: string, work: () => Promise<unknown>): Promise<readonly string[]> {
    const writes = await this.watchWrites();
    await work();
    const mac = `06:00:00:00:00:${(this.probes += 1).toString(16).padStart(2, '0')}`;
    await this.tor.learn(network, mac);
    await eventually(() => expect(this.learned).toContainEqual(expect.objectContaining({ mac })));
    await this.tor.forget(network, mac);
    await eventually(() => expect(this.learned).not.toContainEqual(expect.objectContaining({ mac })));
    const seen = writes.seen.filter((each) => !each.startsWith('Physical_Locator '));
    await writes.stop();
    return seen;
  }

  /** Issues the next epoch to whoever asks. */
  openSession(): number {
    this.sessions += 1;
    for (const table of [reportTable, learnedTable]) this.pushed.issue(table.table(this.client), this.sessions);
    return this.sessions;
  }

  async stopAgents(): Promise<void> {
    await Promise.all([...this.agents].map((agent) => agent.stop()));
  }

  async stop(): Promise<void> {
    await this.stopAgents();
    await Promise.all(this.watchers.map((each) => each.stop()));
    this.silence();
    await this.bus.close();
    await this.nats.stop();
    await this.tor.stop();
  }

  private forget(agent: RunningAgent): void {
    const at = this.agents.indexOf(agent);
    if (at >= 0) this.agents.splice(at, 1);
  }
}

function rowOf({ replication = 'source_node', ...wanted }: Wanted): object {
  return { ...wanted, replication };
}
