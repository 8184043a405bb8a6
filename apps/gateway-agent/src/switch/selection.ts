import type { DatabaseSchema, Selection } from '@l2gw/ovsdb';
import type { Capabilities } from './switch-contents.js';

/** What the agent follows of `hardware_vtep` (vtep(5)); nothing that only counts packets, for it would never be quiet. */
export const SELECTION: Selection = {
  Global: ['switches'],
  Physical_Switch: ['name', 'description', 'management_ips', 'tunnel_ips', 'ports', 'switch_fault_status'],
  Physical_Port: ['name', 'description', 'vlan_bindings', 'port_fault_status'],
  Logical_Switch: ['name', 'description', 'tunnel_key', 'replication_mode', 'other_config'],
  Ucast_Macs_Remote: ['MAC', 'logical_switch', 'locator', 'ipaddr'],
  Mcast_Macs_Remote: ['MAC', 'logical_switch', 'locator_set', 'ipaddr'],
  Ucast_Macs_Local: ['MAC', 'logical_switch', 'locator', 'ipaddr'],
  Tunnel: ['local', 'remote', 'bfd_params', 'bfd_status'],
  Physical_Locator_Set: ['locators'],
  Physical_Locator: ['encapsulation_type', 'dst_ip', 'tunnel_key'],
};

/** Tables whose rows point to a logical switch and go with it. */
const DEPENDENTS = ['Ucast_Macs_Remote', 'Mcast_Macs_Remote', 'Ucast_Macs_Local', 'Mcast_Macs_Local'];

export function capabilitiesOf(schema: DatabaseSchema | undefined): Capabilities {
  const columns = schema?.tables.get('Logical_Switch')?.columns;
  return {
    tunnelKey: schema?.tables.get('Physical_Locator')?.columns.has('tunnel_key') === true,
    otherConfig: columns?.has('other_config') === true,
    replicationMode: columns?.has('replication_mode') === true,
  };
}

export function dependentsIn(schema: DatabaseSchema): readonly string[] {
  return DEPENDENTS.filter((table) => schema.tables.has(table));
}
