/** Row identities a switch needs for what it writes itself, asked of its own database. */
import type { OvsdbServer } from './ovsdb-server.js';

type Condition = readonly [column: string, test: '==' | 'includes', value: unknown];

export async function logicalSwitchUuid(server: OvsdbServer, name: string): Promise<string> {
  const [uuid] = await select(server, 'Logical_Switch', ['name', '==', name]);
  if (uuid === undefined) throw new Error(`no logical switch ${name} in ${server.unixEndpoint}`);
  return uuid;
}

/** A port name is unique within its switch only. */
export async function portUuid(server: OvsdbServer, switchName: string, port: string): Promise<string> {
  for (const uuid of await select(server, 'Physical_Port', ['name', '==', port])) {
    const owners = await select(
      server,
      'Physical_Switch',
      ['name', '==', switchName],
      ['ports', 'includes', ref(uuid)],
    );
    if (owners.length > 0) return uuid;
  }
  throw new Error(`${switchName} has no port ${port}`);
}

/** The locator of a VTEP IP with the logical switch's own tunnel key; a second one of that kind would be refused. */
export async function locatorUuid(server: OvsdbServer, ip: string): Promise<string | undefined> {
  const where: readonly Condition[] = [['dst_ip', '==', ip]];
  const [result] = await server.transact([{ op: 'select', table: 'Physical_Locator', where }]);
  const plain = (result?.rows ?? []).find((row) => typeof row['tunnel_key'] !== 'number'); // older schemas have none
  return plain && uuidOf(plain);
}

export function ref(uuid: string): readonly ['uuid', string] {
  return ['uuid', uuid];
}

async function select(server: OvsdbServer, table: string, ...where: readonly Condition[]): Promise<string[]> {
  const [result] = await server.transact([{ op: 'select', table, where, columns: ['_uuid'] }]);
  return (result?.rows ?? []).map(uuidOf);
}

function uuidOf(row: Readonly<Record<string, unknown>>): string {
  return String((row['_uuid'] as readonly unknown[])[1]);
}
