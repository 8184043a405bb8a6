/** An agent between a real switch database and the API's tables in memory, as it is measured alone. */
import { statSync } from 'node:fs';
import { networkTable } from '@l2gw/contracts';
import { type EmulatedTor, startTor } from '../../test/harness/emulated-tor.js';
import { eventually } from '../../test/harness/eventually.js';
import { type Event, type Program, startProgram } from '../../test/harness/program.js';
import { startTableWorld, type TableWorld } from './table-world.js';
import { macOf } from './world.js';

const SWITCH = 'tor-1';
const PATIENCE_MS = 180_000;
export const VTEPS = Array.from({ length: 20 }, (_, n) => `10.0.0.${n + 1}`);

export async function startAgentWorld(): Promise<AgentWorld> {
  const [tor, tables] = await Promise.all([startSwitch(), startTableWorld()]);
  return new AgentWorld(tor, tables);
}

export function startSwitch(): Promise<EmulatedTor> {
  return startTor({ name: SWITCH, tunnelIps: ['10.9.0.1'], ports: ['Ethernet1'] });
}

export class AgentWorld {
  private running: Program | undefined;

  constructor(
    readonly tor: EmulatedTor,
    readonly tables: TableWorld,
  ) {}

  get agent(): Program {
    if (this.running === undefined) throw new Error('no agent runs');
    return this.running;
  }

  /** Resolves when the agent runs, not when it has done anything. */
  async startAgent(level = 'info'): Promise<void> {
    this.running = await startProgram('gateway-agent', {
      L2GW_SWITCH_NAME: SWITCH,
      L2GW_OVSDB_ENDPOINT: this.tor.unixEndpoint,
      L2GW_NATS_URL: this.tables.nats.url,
      L2GW_LOG_LEVEL: level,
    });
  }

  async stopAgent(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  /** So many MACs behind twenty VTEPs, from the `first` on; the network is on no switch yet. */
  place(network: string, count: number, first = 0): void {
    const vteps = VTEPS.map((vtep) => ({ key: networkTable.vtepKey(vtep), row: { kind: 'host' } }));
    const macs = Array.from({ length: count }, (_, n) => ({
      key: networkTable.macKey(macOf(first + n)),
      row: { place: { vtep: VTEPS[n % VTEPS.length] }, ips: [ipOf(first + n)], kind: 'port' },
    }));
    this.tables.write(networkTable.table(network), [...vteps, ...macs]);
  }

  bind(network: string, vni: number, vlans: readonly number[] = [vni % 4096]): void {
    const bindings = vlans.map((vlan) => ({ port: 'Ethernet1', vlan }));
    this.tables.bind(SWITCH, network, { vni, name: 'n', replication: 'source_node', bindings });
  }

  unbind(network: string): void {
    this.tables.bind(SWITCH, network, undefined);
  }

  /** The agent's last event of this name with these fields. Asked seldom: who measures must not disturb. */
  async event(name: string, fields: Readonly<Record<string, unknown>> = {}): Promise<Event> {
    return eventually(
      () => {
        const found = this.agent.events.findLast((each) => each.event === name && hasFields(each, fields));
        if (found === undefined) throw new Error(`the agent has not logged ${name} ${JSON.stringify(fields)}`);
        return found;
      },
      { timeoutMs: PATIENCE_MS },
    );
  }

  /** Grows with every transaction that changes anything. */
  get journalBytes(): number {
    return statSync(this.tor.server.dbPath).size;
  }

  async stop(): Promise<void> {
    await this.stopAgent();
    await Promise.all([this.tor.stop(), this.tables.stop()]);
  }
}

/** Milliseconds since 1970, at which the agent has logged it. */
export function timeOf({ time }: Event): number {
  return Date.parse(String(time));
}

function hasFields(event: Event, fields: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(fields).every(([name, value]) => event[name] === value);
}

function ipOf(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}
