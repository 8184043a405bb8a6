import { mapOfTexts, numberOf, type Row, textOf, textsOf, type Uuid } from '@l2gw/ovsdb';
import { bindingsOf } from './binding-index.js';
import type { ActualLogicalSwitch, ActualPort, SwitchSelf } from './switch-contents.js';

/** Rows as what they mean: those that need no other row to be understood. */

export function switchOf(name: string, id: Uuid, row: Row): SwitchSelf {
  return {
    id,
    name,
    description: textOf(row, 'description') ?? '',
    tunnelIps: textsOf(row, 'tunnel_ips'),
    managementIps: textsOf(row, 'management_ips'),
    faults: textsOf(row, 'switch_fault_status'),
  };
}

export function portOf(id: Uuid, switchName: string, row: Row): ActualPort {
  return {
    id,
    switch: switchName,
    name: textOf(row, 'name') ?? '',
    description: textOf(row, 'description') ?? '',
    faults: textsOf(row, 'port_fault_status'),
    bindings: bindingsOf(row),
  };
}

export function logicalSwitchOf(id: Uuid, row: Row): ActualLogicalSwitch {
  return {
    id,
    name: textOf(row, 'name') ?? '',
    description: textOf(row, 'description') ?? '',
    vni: numberOf(row, 'tunnel_key'),
    replication: textOf(row, 'replication_mode'),
    config: mapOfTexts(row, 'other_config'),
  };
}
