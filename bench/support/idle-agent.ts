/** An agent without a switch: says and asks what a real one does when nothing happens, on a bus connection of its own. */
import { type Bus, connectBus } from '@l2gw/bus';
import {
  agentLife,
  apiWriter,
  learnedTable,
  networkTable,
  openSession,
  reportTable,
  switchClientId,
  switchTable,
} from '@l2gw/contracts';
import { PushWriter, TableReader } from '@l2gw/tables';

export interface IdleAgentOptions {
  readonly natsUrl: string;
  readonly switchName: string;
  readonly tunnelIp: string;
  readonly port: string;
}

const asObject = (json: unknown): object => Object(json) as object;

export async function startIdleAgent(options: IdleAgentOptions): Promise<IdleAgent> {
  const client = switchClientId(options.switchName);
  const agent = new IdleAgent(await connectBus({ servers: [options.natsUrl], client }), options);
  await agent.start();
  return agent;
}

export class IdleAgent {
  private readonly client;
  private readonly reader: TableReader;
  private readonly writers: readonly [report: PushWriter, learned: PushWriter];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly options: IdleAgentOptions,
  ) {
    this.client = switchClientId(options.switchName);
    const { client } = this;
    this.reader = new TableReader({ bus, client, writer: apiWriter.name });
    this.writers = [
      new PushWriter({ bus, client, table: reportTable.table(client) }),
      new PushWriter({ bus, client, table: learnedTable.table(client) }),
    ];
  }

  async start(): Promise<void> {
    const { switchName: name, tunnelIp, port } = this.options;
    const state = { state: 'connected', description: '', managementIps: [], schema: '1.7.0', faults: [] };
    this.writers[0].put(reportTable.switchKey, { name, tunnelIps: [tunnelIp], ...state });
    this.writers[0].put(`port/${port}`, { description: '', faults: [], foreign: [] });
    const ask = { timeoutMs: 30_000 };
    const answer = await this.bus.request(openSession.subject(this.client), JSON.stringify({ switchName: name }), ask);
    for (const writer of this.writers) writer.open(openSession.decodeReply(JSON.parse(answer.body)).epoch);
    const wishes = this.reader.follow(switchTable.table(this.client), asObject);
    wishes.onChange(({ keys }) => {
      for (const network of keys) this.reader.follow(networkTable.table(network), asObject);
    });
    this.reader.start();
    this.timer = setInterval(() => this.bus.publish(agentLife.subject(this.client), ''), agentLife.everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.reader.stop();
    for (const writer of this.writers) writer.stop();
    await this.bus.close();
  }
}
