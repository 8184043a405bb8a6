/** What a switch writes about itself into its own database when it boots. */
import type { OvsdbServer } from './ovsdb-server.js';

export interface PhysicalSwitch {
  readonly name: string;
  readonly tunnelIps: readonly string[];
  readonly ports: readonly string[];
  readonly description?: string;
  readonly managementIps?: readonly string[];
}

/** One transaction for all of them: a reader never sees half a switch. */
export async function writeInventory(server: OvsdbServer, switches: readonly PhysicalSwitch[]): Promise<void> {
  const [global] = await server.transact([{ op: 'select', table: 'Global', where: [] }]);
  const inserts = switches.flatMap((each, index) => insertSwitch(each, index));
  const members = ['set', switches.map((_, index) => ['named-uuid', switchId(index)])];
  const register =
    global?.rows?.length === 0
      ? { op: 'insert', table: 'Global', row: { switches: members } }
      : { op: 'mutate', table: 'Global', where: [], mutations: [['switches', 'insert', members]] };
  await server.transact([...inserts, register]);
}

function insertSwitch(each: PhysicalSwitch, index: number): object[] {
  const portId = (position: number): string => `${switchId(index)}_port_${position}`;
  const row = {
    name: each.name,
    description: each.description ?? '',
    tunnel_ips: ['set', each.tunnelIps],
    management_ips: ['set', each.managementIps ?? []],
    ports: ['set', each.ports.map((_, position) => ['named-uuid', portId(position)])],
  };
  return [
    ...each.ports.map((name, position) => insertPort(name, portId(position))),
    { op: 'insert', table: 'Physical_Switch', 'uuid-name': switchId(index), row },
  ];
}

export function insertPort(name: string, uuidName: string): object {
  return { op: 'insert', table: 'Physical_Port', 'uuid-name': uuidName, row: { name } };
}

function switchId(index: number): string {
  return `switch_${index}`;
}
