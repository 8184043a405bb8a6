/** The hardware_vtep schema as a switch of its time has it: what came later is taken out (git log of vtep.ovsschema). */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vtepSchema } from './binaries.js';

interface Schema {
  version: string;
  cksum?: string;
  readonly tables: Record<string, { columns: Record<string, unknown>; indexes?: unknown }>;
}

/** Version → what it brought: tables, and columns as `table.column`. The newest is what Open vSwitch ships. */
const BROUGHT: readonly (readonly [version: string, ...names: string[]])[] = [
  ['1.1.0', 'Physical_Switch.switch_fault_status', 'Physical_Port.port_fault_status'],
  ['1.2.0', 'Arp_Sources_Local', 'Arp_Sources_Remote'],
  ['1.3.0', 'Tunnel', 'Physical_Switch.tunnels'],
  [
    '1.4.1',
    ...['ACL', 'ACL_entry', 'Physical_Port.acl_bindings', 'Logical_Router.acl_binding'],
    'Logical_Router.LR_fault_status',
  ],
  ['1.5.0', 'Physical_Locator.tunnel_key'],
  [
    '1.5.1',
    ...['Physical_Switch.other_config', 'Physical_Port.other_config', 'Logical_Switch.other_config'],
    'Logical_Router.other_config',
  ],
  ['1.6.0', 'Logical_Switch.replication_mode'],
  ['1.7.0', 'Global.other_config'],
];

export const SCHEMA_VERSIONS: readonly string[] = ['1.0.0', ...BROUGHT.map(([version]) => version)];

/** Writes it into the folder and answers its path. */
export async function writeSchema(dir: string, version: string): Promise<string> {
  const schema = JSON.parse(await readFile(vtepSchema(), 'utf8')) as Schema;
  schema.version = version;
  delete schema.cksum;
  const later = BROUGHT.slice(SCHEMA_VERSIONS.indexOf(version)).flatMap(([, ...names]) => names);
  for (const name of later) takeOut(schema, name);
  if (later.includes('Physical_Locator.tunnel_key'))
    Object.assign(schema.tables['Physical_Locator'] ?? {}, { indexes: [['encapsulation_type', 'dst_ip']] });
  const path = join(dir, `vtep-${version}.ovsschema`);
  await writeFile(path, JSON.stringify(schema));
  return path;
}

function takeOut({ tables }: Schema, name: string): void {
  const [table = '', column] = name.split('.');
  if (column === undefined) delete tables[table];
  else delete tables[table]?.columns[column];
}
