/** What a switch must hold, computed from nothing but what REST says: an oracle that shares no code with the product. */
import type { ApiClient } from '../../harness/api-client.js';

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
  const tunnelIps = new Map<string, string>();
  const learned = new Map<string, Facts['learned'] extends ReadonlyMap<string, infer Macs> ? Macs : never>();
  for (const name of switches) {
    const { l2_switch } = (await api.get(`/v2.0/l2-switches/${name}`)) as { l2_switch: { tunnel_ips: string[] } };
    tunnelIps.set(name, l2_switch.tunnel_ips[0] ?? '');
    learned.set(name, (await api.get(`/v2.0/l2-switches/${name}/macs`))['macs'] as never);
  }
  return {
    ports: await list<Port>('/v2.0/ports', 'ports'),
    vtepOf: new Map(agents.map((agent) => [agent.host, agent.configurations.tunneling_ip])),
    tunnelIps,
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

export function expectedSwitch(facts: Facts, name: string): ExpectedSwitch {
  const own = facts.bound.filter((each) => each.device === name);
  const networks = [...new Set(own.map((each) => each.network))];
  return {
    bindings: own.map((each) => `${each.port} ${each.vlan} ${each.network}`).sort(),
    macs: Object.fromEntries(networks.map((network) => [network, macsOf(facts, name, network)])),
    flood: Object.fromEntries(networks.map((network) => [network, floodOf(facts, name, network)])),
  };
}

/** Ports where their hosts are, and what the other switches that have the network have heard. */
function macsOf(facts: Facts, name: string, network: string): string[] {
  const ports = facts.ports.flatMap((port) => {
    const vtep = facts.vtepOf.get(port['binding:host_id']);
    if (port.network_id !== network || vtep === undefined) return [];
    return [`${port.mac_address} ${port.fixed_ips[0]?.ip_address ?? ''} ${vtep}`];
  });
  const heard = [...facts.learned].flatMap(([other, macs]) => {
    const isBound = facts.bound.some((each) => each.device === other && each.network === network);
    if (other === name || !isBound) return [];
    return macs
      .filter((each) => each.network_id === network)
      .map((each) => `${each.mac} ${each.ip_address ?? ''} ${facts.tunnelIps.get(other)}`);
  });
  return [...ports, ...heard].sort();
}

function floodOf(facts: Facts, name: string, network: string): string[] {
  const hosts = facts.ports.flatMap((port) =>
    port.network_id === network ? (facts.vtepOf.get(port['binding:host_id']) ?? []) : [],
  );
  const others = facts.bound.flatMap((each) =>
    each.network === network && each.device !== name ? (facts.tunnelIps.get(each.device) ?? []) : [],
  );
  return [...new Set([...hosts, ...others])].sort();
}
