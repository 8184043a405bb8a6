import { type VlanId, type Vni, parseVlan, parseVni } from '@l2gw/l2';
import type { ClientId } from './client-id.js';
import { type Reader, reader } from './reader.js';

/** What one switch should hold of one network; the key of the row is the network's id, which names the logical switch. */
export interface LogicalSwitchRow {
  readonly vni: Vni;
  /** The network's name, for `Logical_Switch.description`. */
  readonly name: string;
  readonly replication: 'source_node' | 'service_node';
  readonly bindings: readonly PortBinding[];
  /**
   * Tells this wish from every earlier one of the same content, such as the one before a network was disconnected and connected again:
   * a confirmation carries the hash of the row, and what was confirmed then says nothing about now.
   */
  readonly generation?: string;
}

/** Frames of this VLAN on this port belong to the logical switch. */
export interface PortBinding {
  readonly port: string;
  readonly vlan: VlanId;
}

/** `switch/<switch>`, written by the API for the agent of that switch: logical switch → what it should be. */
export const switchTable = {
  type: 'l2gw.table.switch.v1',
  table: (switchId: ClientId): string => `switch/${switchId}`,
  decode(_key: string, json: unknown): LogicalSwitchRow {
    const read = reader(switchTable.type, json);
    return {
      vni: read.number('vni', parseVni),
      name: read.string('name'),
      replication: read.oneOf('replication', ['source_node', 'service_node']),
      bindings: read.objects('bindings', decodeBinding),
      ...(read.has('generation') ? { generation: read.string('generation') } : {}),
    };
  },
} as const;

function decodeBinding(read: Reader): PortBinding {
  return { port: read.string('port'), vlan: read.number('vlan', parseVlan) };
}
