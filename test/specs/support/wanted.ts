/** A small network on one port, and what the switch looks like when it has it. */
import type { AgentWorld, Wanted } from './agent-world.js';

export const N1 = '6b0c1f5e-0000-4000-8000-000000000001';
export const N2 = '6b0c1f5e-0000-4000-8000-000000000002';
export const M1 = '02:00:00:00:00:01';
export const M2 = '02:00:00:00:00:02';
export const VTEP_1 = '192.0.2.1';
export const VTEP_2 = '192.0.2.2';

export const W1: Wanted = { vni: 5001, name: 'n1', bindings: [{ port: 'Ethernet1', vlan: 100 }] };

export function placeW1(world: AgentWorld): void {
  world.place(N1, { [M1]: { vtep: VTEP_1, ips: ['10.1.0.11'] }, [M2]: { vtep: VTEP_2 } });
  world.flood(N1, [VTEP_1, VTEP_2]);
}

export async function wantW1(world: AgentWorld): Promise<void> {
  placeW1(world);
  world.want(N1, W1);
  await world.applied(N1, W1);
}

/** Exactly what W1 asks for, as an independent reader sees it. */
export async function expectW1({ tor }: AgentWorld): Promise<void> {
  expect(await tor.logicalSwitches()).toEqual([LOGICAL_SWITCH]);
  expect(await tor.vlanBindings('Ethernet1')).toEqual([{ vlan: 100, logicalSwitch: N1, vni: 5001 }]);
  expect(await tor.remoteMacs(N1)).toEqual([
    { mac: M1, ip: '10.1.0.11', vtepIp: VTEP_1, tunnelKey: undefined },
    { mac: M2, ip: '', vtepIp: VTEP_2, tunnelKey: undefined },
  ]);
  expect(await tor.floodSet(N1)).toEqual([VTEP_1, VTEP_2]);
  expect(await locators(tor)).toEqual([VTEP_1, VTEP_2]);
}

export const LOGICAL_SWITCH = {
  name: N1,
  description: 'n1',
  vni: 5001,
  replicationMode: 'source_node',
  otherConfig: { 'l2gw-owner': 'l2gw', 'l2gw-network': N1 },
};

/** The VTEP IPs of all locators in the database, sorted. */
export async function locators({ server }: AgentWorld['tor']): Promise<readonly string[]> {
  const [found] = await server.transact([
    { op: 'select', table: 'Physical_Locator', where: [], columns: ['_uuid', 'dst_ip'] },
  ]);
  return (found?.rows ?? []).map((row) => String(row['dst_ip'])).sort();
}
