/** The cloud that a soak torments: two replicas, two switches behind relays, hosts, networks, gateways, and somebody else's rows. */
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { type OwnPostgres, startOwnPostgres } from '../harness/postgres.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import type { PhysicalSwitch } from '../harness/tor-inventory.js';
import { Strangers } from './strangers.js';

export const SWITCHES = ['tor-1', 'tor-2'];
export const HOSTS = ['host-1', 'host-2', 'host-3'];
export const PORTS = ['Ethernet1', 'Ethernet2'];

/** A database of one switch, or of several, with one agent, which goes by the name of the first. */
export interface Database {
  readonly agent: string;
  readonly switches: readonly string[];
  /** Between the agent and the database. */
  readonly relay: TcpProxy;
  readonly strangers: Strangers;
}

export interface SoakWorld {
  readonly postgres: OwnPostgres;
  readonly cloud: Cloud;
  readonly databases: readonly Database[];
  readonly networks: readonly string[];
  readonly gateways: readonly string[];
  readonly remoteGateways: readonly string[];
}

/** `shared`: all switches are in one database. */
export async function startSoakWorld({ shared = false } = {}): Promise<SoakWorld> {
  const postgres = await startOwnPostgres();
  const databaseUrl = await postgres.createDatabase('soak');
  const cloud = await startCloud({ name: 'soak', databaseUrl, replicas: 2 });
  const databases: Database[] = [];
  for (const names of shared ? [SWITCHES] : SWITCHES.map((name) => [name])) {
    await cloud.addSwitches(names.map(switchNamed));
    databases.push(await relayed(cloud, names));
  }
  return { postgres, cloud, databases, ...(await furnish(cloud)) };
}

export async function stopSoakWorld(world: SoakWorld | undefined): Promise<void> {
  for (const { relay } of world?.databases ?? []) await relay.stop();
  await world?.cloud.stop();
  await world?.postgres.stop();
}

export async function startAgent(cloud: Cloud, { agent, switches, relay }: Database): Promise<void> {
  await cloud.startAgent(agent, `tcp:127.0.0.1:${relay.port}`, { L2GW_SWITCH_NAME: switches.join() });
}

export function tunnelIpOf(name: string): string {
  return `10.0.0.${SWITCHES.indexOf(name) + 1}`;
}

function switchNamed(name: string): PhysicalSwitch {
  return { name, tunnelIps: [tunnelIpOf(name)], ports: PORTS };
}

async function relayed(cloud: Cloud, switches: readonly string[]): Promise<Database> {
  const [agent = ''] = switches;
  const { server } = cloud.tor(agent);
  const relay = await startTcpProxy({ port: server.tcpPort });
  const database = { agent, switches, relay, strangers: new Strangers(server, agent) };
  await cloud.stopAgent(agent);
  await startAgent(cloud, database);
  await database.strangers.plant();
  return database;
}

async function furnish({ api }: Cloud): Promise<Pick<SoakWorld, 'networks' | 'gateways' | 'remoteGateways'>> {
  for (const [index, host] of HOSTS.entries()) await api.registerHost(host, `10.0.1.${index + 1}`);
  const networks: string[] = [];
  for (let n = 0; n < 3; n += 1) networks.push((await api.createNetwork()).id);
  for (const name of SWITCHES) {
    await eventually(async () => {
      const { l2_switch } = (await api.get(`/v2.0/l2-switches/${name}`)) as { l2_switch: { ports: unknown[] } };
      if (l2_switch.ports.length < PORTS.length) throw new Error(`${name} has not reported its ports`);
    });
  }
  const everywhere = SWITCHES.map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet1' }] }));
  const gateways = [
    await api.createGateway('both', everywhere),
    await api.createGateway('first', [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet2' }] }]),
  ];
  const remoteGateways: string[] = [];
  for (const n of [1, 2]) {
    const body = { l2_remote_gateway: { name: `far-${n}`, ipaddr: `198.51.100.${n}` } };
    const { l2_remote_gateway } = (await api.post('/v2.0/l2-remote-gateways', body)) as {
      l2_remote_gateway: { id: string };
    };
    remoteGateways.push(l2_remote_gateway.id);
  }
  return { networks, gateways, remoteGateways };
}
