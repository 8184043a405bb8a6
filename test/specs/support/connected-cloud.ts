/** A network of three virtual machines on two hosts, connected to one port of a switch. */
import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../harness/cloud.js';
import { eventually } from '../../harness/eventually.js';

export const MACS = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03'] as const;

export interface ConnectedCloud {
  readonly network: string;
  readonly gateway: string;
  readonly connection: string;
  /** Answers the id of a port with this MAC. */
  addMac(mac: string): Promise<string>;
  /** So many ports with the MACs that follow `first`. */
  addMacs(count: number, first: string): Promise<readonly { readonly id: string; readonly mac: string }[]>;
}

export async function connectedCloud(cloud: Cloud, tor: string): Promise<ConnectedCloud> {
  const { api } = cloud;
  await api.registerHost('host-1', '10.0.0.11');
  await api.registerHost('host-2', '10.0.0.12');
  const { id: network } = await api.createNetwork({ name: `network ${randomUUID()}` });
  const body = (mac: string) => ({
    network_id: network,
    mac_address: mac,
    'binding:host_id': `host-${1 + (parseInt(mac.slice(-2), 16) % 2)}`,
  });
  const addMac = (mac: string) => cloud.api.createPort(body(mac));
  for (const mac of MACS) await addMac(mac);
  await eventually(async () => {
    const { l2_switch } = (await api.get(`/v2.0/l2-switches/${tor}`)) as { l2_switch: { ports: unknown[] } };
    if (l2_switch.ports.length === 0) throw new Error(`${tor} has not reported its ports`);
  });
  const gateway = await api.createGateway('gateway', [{ device_name: tor, interfaces: [{ name: 'Ethernet1' }] }]);
  const connection = await api.connect(gateway, network, 100);
  const addMacs = async (count: number, first: string) => {
    const start = parseInt(first.replaceAll(':', ''), 16);
    const macs = Array.from({ length: count }, (_, n) =>
      (start + n)
        .toString(16)
        .padStart(12, '0')
        .replace(/(..)(?!$)/g, '$1:'),
    );
    const { ports } = (await cloud.api.post('/v2.0/ports', { ports: macs.map(body) })) as {
      ports: { id: string; mac_address: string }[];
    };
    return ports.map((port) => ({ id: port.id, mac: port.mac_address }));
  };
  return { network, gateway, connection, addMac, addMacs };
}
