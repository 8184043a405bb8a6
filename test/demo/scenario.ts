/** The PLUMgrid specification's typical use case, step by step; every step is confirmed by `vtep-ctl`. */
import { deepStrictEqual } from 'node:assert/strict';
import type { Cloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { say, title } from './screen.js';

const TORS = ['tor-switch-1', 'tor-switch-2'] as const;
const OTHER = { 'tor-switch-1': 'tor-switch-2', 'tor-switch-2': 'tor-switch-1' } as const;
const VTEP = { 'tor-switch-1': '10.0.0.1', 'tor-switch-2': '10.0.0.2' } as const;
const VMS = [
  { host: 'compute-1', tunnelIp: '10.0.0.11', mac: '02:00:00:00:00:01', ip: '192.0.2.1' },
  { host: 'compute-2', tunnelIp: '10.0.0.12', mac: '02:00:00:00:00:02', ip: '192.0.2.2' },
];
const BARE_METAL = { tor: 'tor-switch-1', mac: '02:00:00:00:ba:1e', ip: '192.0.2.100' } as const;
const VLAN = 50;
const PATIENCE = { timeoutMs: 30_000 };

/** What the scenario leaves behind, for whoever goes on with it. */
export interface Connected {
  readonly network: string;
  readonly gateway: string;
}

export async function runScenario(cloud: Cloud): Promise<Connected> {
  const { api } = cloud;

  title('network1 with two virtual machines on two hosts');
  const network = await api.createNetwork({ name: 'network1' });
  for (const vm of VMS) {
    await api.registerHost(vm.host, vm.tunnelIp);
    await api.createPort({
      network_id: network.id,
      mac_address: vm.mac,
      fixed_ips: [{ ip_address: vm.ip }],
      'binding:host_id': vm.host,
    });
  }
  say(`VNI ${network.vni}; ${VMS.map((vm) => `${vm.mac} on ${vm.host} (${vm.tunnelIp})`).join(', ')}`);

  title(`Gateway vtep-gateway-1 over Ethernet40 of both switches, connected to network1 through VLAN ${VLAN}`);
  await knowPorts(cloud);
  const gateway = await api.createGateway(
    'vtep-gateway-1',
    TORS.map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet40' }] })),
  );
  const begun = performance.now();
  const connection = await api.connect(gateway, network.id, VLAN);
  await eventually(async () => deepStrictEqual(await api.statusOf(connection), 'ACTIVE'), PATIENCE);
  say(`ACTIVE after ${Math.round(performance.now() - begun)} ms: both switches have confirmed it`);
  for (const tor of TORS) await verifySwitch(cloud, tor, network, []);

  title(`A bare-metal server speaks behind ${BARE_METAL.tor}`);
  await cloud.tor(BARE_METAL.tor).learn(network.id, BARE_METAL.mac, BARE_METAL.ip);
  await verifySwitch(cloud, OTHER[BARE_METAL.tor], network, [BARE_METAL]);
  const { macs } = await api.get(`/v2.0/l2-switches/${BARE_METAL.tor}/macs`);
  say(
    `${OTHER[BARE_METAL.tor]} knows the way to it; GET /v2.0/l2-switches/${BARE_METAL.tor}/macs: ${JSON.stringify(macs)}`,
  );

  title('tor-switch-2 loses its whole database');
  await cloud.tor('tor-switch-2').server.wipe();
  say('wiped; the switch boots and writes its inventory');
  const wiped = performance.now();
  await cloud.tor('tor-switch-2').recreateInventory();
  await verifySwitch(cloud, 'tor-switch-2', network, [BARE_METAL]);
  say(`healed after ${Math.round(performance.now() - wiped)} ms`);
  await eventually(async () => deepStrictEqual(await api.statusOf(connection), 'ACTIVE'), PATIENCE);
  title('Verified through vtep-ctl: both switches hold exactly what they should');
  return { network: network.id, gateway };
}

/** The agents have told the API which ports there are. */
async function knowPorts(cloud: Cloud): Promise<void> {
  for (const tor of TORS) {
    await eventually(async () => {
      const { l2_switch } = (await cloud.api.get(`/v2.0/l2-switches/${tor}`)) as {
        l2_switch: { ports: { name: string }[] };
      };
      deepStrictEqual(l2_switch.ports.map((port) => port.name).sort(), ['Ethernet40', 'Ethernet41']);
    }, PATIENCE);
  }
}

/** The switch holds the VLAN binding, the MACs with locators and IPs, and the flood set; nothing else, nothing less. */
async function verifySwitch(
  cloud: Cloud,
  name: (typeof TORS)[number],
  network: { readonly id: string; readonly vni: number },
  bareMetal: readonly (typeof BARE_METAL)[],
): Promise<void> {
  const tor = cloud.tor(name);
  const macs = [
    ...VMS.map((vm) => ({ mac: vm.mac, ip: vm.ip, vtepIp: vm.tunnelIp })),
    ...bareMetal.map((server) => ({ mac: server.mac, ip: server.ip, vtepIp: VTEP[server.tor] })),
  ];
  await eventually(async () => {
    deepStrictEqual(await tor.vlanBindings('Ethernet40'), [
      { vlan: VLAN, logicalSwitch: network.id, vni: network.vni },
    ]);
    const found = await tor.remoteMacs(network.id);
    deepStrictEqual(
      found.map(({ mac, ip, vtepIp }) => ({ mac, ip, vtepIp })),
      macs,
    );
    deepStrictEqual(await tor.floodSet(network.id), [...VMS.map((vm) => vm.tunnelIp), VTEP[OTHER[name]]].sort());
  }, PATIENCE);
  say(`${name}  Ethernet40 VLAN ${VLAN} ↔ ${network.id} (VNI ${network.vni})`);
  for (const { mac, ip, vtepIp } of macs) say(`${' '.repeat(name.length)}  ${mac}  ${ip.padEnd(12)} → ${vtepIp}`);
  say(`${' '.repeat(name.length)}  flooded to ${(await tor.floodSet(network.id)).join(', ')}`);
}
