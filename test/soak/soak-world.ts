/** The cloud that a soak torments: two replicas, two switches behind relays, hosts, networks, gateways, and somebody else's rows. */
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { type OwnPostgres, startOwnPostgres } from '../harness/postgres.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { Strangers } from './strangers.js';

export const SWITCHES = ['tor-1', 'tor-2'];
export const HOSTS = ['host-1', 'host-2', 'host-3'];
export const PORTS = ['Ethernet1', 'Ethernet2'];

export interface SoakWorld {
  readonly postgres: OwnPostgres;
  readonly cloud: Cloud;
  /** Between each agent and its switch. */
  readonly relays: ReadonlyMap<string, TcpProxy>;
  readonly strangers: ReadonlyMap<string, Strangers>;
  readonly networks: readonly string[];
  readonly gateways: readonly string[];
  readonly remoteGateways: readonly string[];
}

export async function startSoakWorld(): Promise<SoakWorld> {
  const postgres = await startOwnPostgres();
  const cloud = await startCloud({
    name: 'soak',
    databaseUrl: await postgres.createDatabase('soak'),
    replicas: 2,
    switches: SWITCHES.map((name, index) => ({ name, tunnelIps: [`10.0.0.${index + 1}`], ports: PORTS })),
  });
  const relays = new Map<string, TcpProxy>();
  for (const name of SWITCHES) relays.set(name, await relayedAgent(cloud, name));
  const strangers = new Map(SWITCHES.map((name) => [name, new Strangers(cloud.tor(name).server, name)]));
  for (const each of strangers.values()) await each.plant();
  return { postgres, cloud, relays, strangers, ...(await furnish(cloud)) };
}

export async function stopSoakWorld(world: SoakWorld | undefined): Promise<void> {
  for (const relay of world?.relays.values() ?? []) await relay.stop();
  await world?.cloud.stop();
  await world?.postgres.stop();
}

export async function startAgent({ cloud, relays }: Pick<SoakWorld, 'cloud' | 'relays'>, name: string): Promise<void> {
  await cloud.startAgent(name, `tcp:127.0.0.1:${relayOf({ relays }, name).port}`);
}

export function relayOf({ relays }: Pick<SoakWorld, 'relays'>, name: string): TcpProxy {
  const relay = relays.get(name);
  if (relay === undefined) throw new Error(`no relay leads to ${name}`);
  return relay;
}

async function relayedAgent(cloud: Cloud, name: string): Promise<TcpProxy> {
  const relay = await startTcpProxy({ port: cloud.tor(name).server.tcpPort });
  await cloud.stopAgent(name);
  await startAgent({ cloud, relays: new Map([[name, relay]]) }, name);
  return relay;
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
