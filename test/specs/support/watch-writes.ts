/** An independent client's monitor on a switch's database: every write of anybody to it is seen. */
import { Connection, parseEndpoint } from '@l2gw/ovsdb';
import { eventually } from '../../harness/eventually.js';

export interface Writes {
  /** `table uuid` of each row that was inserted, changed or deleted since. */
  readonly seen: readonly string[];
  stop(): Promise<void>;
}

export async function watchWrites(endpoint: string): Promise<Writes> {
  const connection = new Connection({
    endpoint: parseEndpoint(endpoint),
    dbName: 'hardware_vtep',
    selection: {
      Physical_Port: ['vlan_bindings'],
      Logical_Switch: ['name', 'description', 'tunnel_key', 'replication_mode', 'other_config'],
      Ucast_Macs_Remote: ['MAC', 'logical_switch', 'locator', 'ipaddr'],
      Mcast_Macs_Remote: ['MAC', 'logical_switch', 'locator_set', 'ipaddr'],
      Physical_Locator: ['dst_ip'],
      Physical_Locator_Set: ['locators'],
    },
  });
  connection.start();
  await eventually(() => {
    if (connection.live === undefined) throw new Error(`${endpoint} does not answer`);
  });
  const seen: string[] = [];
  connection.replica.onChange(({ changes }) => {
    for (const { table, uuid } of changes) seen.push(`${table} ${uuid}`);
  });
  return { seen, stop: () => connection.stop() };
}
