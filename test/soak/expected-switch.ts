/** What a switch must hold, computed from nothing but what REST says: an oracle that shares no code with the product. */
import type { ApiClient } from '../harness/api-client.js';

export interface ExpectedSwitch {
  /** `port vlan network`, sorted. */
  readonly bindings: readonly string[];
  /** Network → `MAC IP VTEP`, sorted. */
  readonly macs: Readonly<Record<string, readonly string[]>>;
  /** Network → VTEPs, sorted. */
  readonly flood: Readonly<Record<string, readonly string[]>>;
}

interface Port {
  readonly network_id: string;
  readonly mac_address: string;
  readonly fixed_ips: readonly { readonly ip_address: string }[];
  readonly 'binding:host_id': string;
}

/** A remote gateway connection. */
interface Stretch {
  readonly id: string;
  readonly network: string;
  readonly vtep: string;
  readonly vni: number;
  readonly ownVni: number;
  readonly flood: boolean;
  readonly switches: readonly string[];
}

interface Facts {
  readonly ports: readonly Port[];
  readonly vtepOf: ReadonlyMap<string, string>;
  readonly bound: readonly {
    readonly device: string;
    readonly port: string;
    readonly vlan: number;
    readonly network: string;
  }[];
  readonly tunnelIps: ReadonlyMap<string, string>;
  readonly stretches: readonly Stretch[];
  /** What operators say is behind a remote gateway connection. */
  readonly stated: readonly { readonly mac: string; readonly ipaddr: string; readonly rgw_connection: string }[];
  readonly capabilities: ReadonlyMap<string, readonly string[]>;
  readonly learned: ReadonlyMap<
    string,
    readonly { readonly mac: string; readonly network_id: string; readonly ip_address: string | null }[]
  >;
}

export async function readFacts(api: ApiClient, switches: readonly string[]): Promise<Facts> {
  const list = async <Item>(path: string, plural: string) => (await api.get(path))[plural] as Item[];
  const agents = await list<{ host: string; configurations: { tunneling_ip: string } }>('/v2.0/agents', 'agents');
  const gateways = await list<{ id: string; devices: { device_name: string; interfaces: { name: string }[] }[] }>(
    '/v2.0/l2-gateways',
    'l2_gateways',
  );
  const connections = await list<{ l2_gateway_id: string; network_id: string; segmentation_id: number }>(
    '/v2.0/l2-gateway-connections',
    'l2_gateway_connections',
  );
  const deviceNamesOf = (gateway: string) =>
    (gateways.find((each) => each.id === gateway)?.devices ?? []).map((each) => each.device_name);
  const tunnelIps = new Map<string, string>();
  const capabilities = new Map<string, readonly string[]>();
  const learned = new Map<string, Facts['learned'] extends ReadonlyMap<string, infer Macs> ? Macs : never>();
  for (const name of switches) {
    const { l2_switch } = (await api.get(`/v2.0/l2-switches/${name}`)) as {
      l2_switch: { tunnel_ips: string[]; capabilities: string[] };
    };
    capabilities.set(name, l2_switch.capabilities);
    tunnelIps.set(name, l2_switch.tunnel_ips[0] ?? '');
    learned.set(name, (await api.get(`/v2.0/l2-switches/${name}/macs`))['macs'] as never);
  }
  return {
    ports: await list<Port>('/v2.0/ports', 'ports'),
    vtepOf: new Map(agents.map((agent) => [agent.host, agent.configurations.tunneling_ip])),
    tunnelIps,
    capabilities,
    stretches: await readStretches(list, deviceNamesOf),
    stated: await list('/v2.0/l2-remote-macs', 'l2_remote_macs'),
    learned,
    bound: connections.flatMap((connection) =>
      (gateways.find((gateway) => gateway.id === connection.l2_gateway_id)?.devices ?? []).flatMap((device) =>
        device.interfaces.map((each) => ({
          device: device.device_name,
          port: each.name,
          vlan: connection.segmentation_id,
          network: connection.network_id,
        })),
      ),
    ),
  };
}

type List = <Item>(path: string, plural: string) => Promise<Item[]>;

async function readStretches(list: List, deviceNamesOf: (gateway: string) => readonly string[]): Promise<Stretch[]> {
  const networks = await list<{ id: string; 'provider:segmentation_id': number }>('/v2.0/networks', 'networks');
  const remotes = await list<{ id: string; ipaddr: string }>('/v2.0/l2-remote-gateways', 'l2_remote_gateways');
  const rows = await list<
    Record<'id' | 'network' | 'gateway' | 'remote_gateway', string> & { seg_id: number; flood: boolean }
  >('/v2.0/l2-remote-gateway-connections', 'l2_remote_gateway_connections');
  return rows.map((row) => ({
    id: row.id,
    network: row.network,
    vtep: remotes.find((each) => each.id === row.remote_gateway)?.ipaddr ?? '',
    vni: row.seg_id,
    ownVni: networks.find((each) => each.id === row.network)?.['provider:segmentation_id'] ?? 0,
    flood: row.flood,
    switches: deviceNamesOf(row.gateway),
  }));
}

/** `together`: all switches of its database. What is not bound to a port is the same for all of them that have the network. */
export function expectedSwitch(facts: Facts, name: string, together: readonly string[]): ExpectedSwitch {
  const all = facts.bound.filter((each) => together.includes(each.device));
  const own = all.filter((each) => each.device === name);
  const sights = [...new Set(all.map((each) => each.network))].map((network): readonly [string, Sight] => {
    const names = together.filter((each) => all.some((bound) => bound.device === each && bound.network === network));
    return [network, { facts, names, network }];
  });
  return {
    bindings: own.map((each) => `${each.port} ${each.vlan} ${each.network}`).sort(),
    macs: Object.fromEntries(sights.map(([network, sight]) => [network, macsOf(sight)])),
    flood: Object.fromEntries(sights.map(([network, sight]) => [network, floodOf(sight)])),
  };
}

/** A network as the switches see it that have it in one database. */
interface Sight {
  readonly facts: Facts;
  readonly names: readonly string[];
  readonly network: string;
}

/** Rows that lead to a switch are of use if another one is there to use them. */
const isItself = ({ names }: Sight, other: string): boolean => names.every((each) => each === other);

interface Claim {
  readonly mac: string;
  readonly ip: string;
  /** None: behind the switch itself, or out of its reach. */
  readonly way: string | undefined;
  readonly isStated: boolean;
}

/** What operators state goes before ports where their hosts are, and what switches that have the network have heard. */
function macsOf(sight: Sight): string[] {
  const claims = [...statedOn(sight), ...portsOf(sight), ...heardBy(sight)];
  return [...new Set(claims.map((each) => each.mac))]
    .flatMap((mac) => {
      const all = claims.filter((each) => each.mac === mac);
      const way = (all.find((each) => each.isStated) ?? all[0])?.way;
      const [ip = ''] = all.flatMap((each) => (each.ip === '' ? [] : [each.ip])).sort();
      return way === undefined ? [] : [`${mac} ${ip} ${way}`];
    })
    .sort();
}

function statedOn(sight: Sight): Claim[] {
  const { facts, network } = sight;
  const stretches = facts.stretches.filter((each) => each.network === network).sort((a, b) => (a.id < b.id ? -1 : 1));
  return stretches.flatMap((stretch) =>
    facts.stated
      .filter((each) => each.rgw_connection === stretch.id)
      .map(({ mac, ipaddr: ip }) => ({ mac, ip, way: wayInto(sight, stretch), isStated: true })),
  );
}

function portsOf({ facts, network }: Sight): Claim[] {
  return facts.ports.flatMap((port) => {
    const way = facts.vtepOf.get(port['binding:host_id']);
    if (port.network_id !== network || way === undefined) return [];
    return [{ mac: port.mac_address, ip: port.fixed_ips[0]?.ip_address ?? '', way, isStated: false }];
  });
}

function heardBy(sight: Sight): Claim[] {
  const { facts, network } = sight;
  return [...facts.learned].flatMap(([other, macs]) => {
    const isBound = facts.bound.some((each) => each.device === other && each.network === network);
    const way = isItself(sight, other) ? undefined : facts.tunnelIps.get(other);
    return macs
      .filter((each) => isBound && each.network_id === network)
      .map(({ mac, ip_address }) => ({ mac, ip: ip_address ?? '', way, isStated: false }));
  });
}

/** A locator as `IP` or `IP@KEY`; of a network that two gateways stretch to the same place, either way is the same. */
function wayInto(sight: Sight, stretch: Stretch): string | undefined {
  const { facts, names } = sight;
  const isSamePlace = (each: Stretch) =>
    each.network === stretch.network && each.vtep === stretch.vtep && each.vni === stretch.vni;
  if (facts.stretches.some((each) => isSamePlace(each) && isUsable(facts, names, each))) return locatorOf(stretch);
  const relay = stretch.switches.find(
    (each) => !isItself(sight, each) && isUsable(facts, [each], stretch) && can(facts, each, 'relays_unicast'),
  );
  return relay === undefined ? undefined : facts.tunnelIps.get(relay);
}

function isUsable(facts: Facts, names: readonly string[], stretch: Stretch): boolean {
  const isTheirs = stretch.switches.some((each) => names.includes(each));
  return isTheirs && (stretch.vni === stretch.ownVni || names.every((each) => can(facts, each, 'tunnel_key')));
}

function can(facts: Facts, name: string, capability: string): boolean {
  return facts.capabilities.get(name)?.includes(capability) ?? false;
}

function locatorOf({ vtep, vni, ownVni }: Stretch): string {
  return vni === ownVni ? vtep : `${vtep}@${vni}`;
}

function floodOf(sight: Sight): string[] {
  const { facts, names, network } = sight;
  const hosts = facts.ports.flatMap((port) =>
    port.network_id === network ? (facts.vtepOf.get(port['binding:host_id']) ?? []) : [],
  );
  const others = facts.bound.flatMap((each) =>
    each.network === network && !isItself(sight, each.device) ? (facts.tunnelIps.get(each.device) ?? []) : [],
  );
  const far = facts.stretches.filter((each) => each.network === network && each.flood && isUsable(facts, names, each));
  return [...new Set([...hosts, ...others, ...far.map(locatorOf)])].sort();
}
