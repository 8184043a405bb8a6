import { type VlanId, type Vni, type VtepIp, parseVlan, parseVni, parseVtepIp } from '@l2gw/l2';
import type { ClientId } from './client-id.js';
import { type RowKind, flag, integer, list, oneOf, record, text } from './json-schema.js';
import { type Reader, reader } from './reader.js';

/** What one switch should hold of one network; the key of the row is the network's id, which names the logical switch. */
export interface LogicalSwitchRow {
  readonly vni: Vni;
  /** The network's name, for `Logical_Switch.description`. */
  readonly name: string;
  readonly replication: 'source_node' | 'service_node';
  readonly bindings: readonly PortBinding[];
  /** Ways from this switch to the network's other halves in other clouds. */
  readonly remotes?: readonly RemoteTunnel[];
  /** What the operator has declared that the switch can do. */
  readonly capabilities?: readonly SwitchCapability[];
  /** VTEP IPs of replicators, to which a switch floods that replicates through service nodes, or that says it cannot do it itself. */
  readonly serviceNodes?: readonly VtepIp[];
  /** How many members of a flood set the switch honours. */
  readonly maxFloodLocators?: number;
  /** How many rows of MACs the switch has room for. */
  readonly maxMacs?: number;
  /** Whether the switch's tunnels are to be watched; left as it is if absent. */
  readonly bfd?: BfdWish;
  /** `report`: what others change of ours is told, and left as it is; absent: it is put right. */
  readonly drift?: 'report';
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

/** Bidirectional Forwarding Detection on tunnels, intervals in milliseconds (vtep(5), `Tunnel.bfd_params`). */
export interface BfdWish {
  readonly enable: boolean;
  readonly minRx?: number;
  readonly minTx?: number;
}

/** A remote gateway connection as one switch sees it. */
export interface RemoteTunnel {
  /** Id of the remote gateway connection; the network's table names it as the place of MACs. */
  readonly connection: string;
  /** The remote gateway. */
  readonly vtep: VtepIp;
  /** The network's VNI over there; another one than here needs a tunnel key of the tunnel's own. */
  readonly vni: Vni;
  /** Broadcast, unknown unicast and multicast go there, too. */
  readonly flood: boolean;
  /** The switch's tunnel there is down, and MACs are not to be led there until it is up; what is flooded still is, so that it is watched. */
  readonly down?: true;
}

/**
 * `tunnel_key`: honours `Physical_Locator.tunnel_key` (vtep(5), schema 1.5.0), so that a tunnel can have another VNI than its logical
 * switch. `relays_unicast`: forwards from tunnel to tunnel, so that switches without a remote gateway connection can reach its MACs.
 */
export type SwitchCapability = 'tunnel_key' | 'relays_unicast';

export const SWITCH_CAPABILITIES: readonly SwitchCapability[] = ['tunnel_key', 'relays_unicast'];

const VNI = { minimum: 1, maximum: 16_777_215 };

const REMOTE = record(
  {
    connection: text('Id of the remote gateway connection.'),
    vtep: text('IPv4 address of the remote gateway.'),
    vni: integer("The network's VNI over there.", VNI),
    flood: flag('Broadcast, unknown unicast and multicast go there, too.'),
    down: flag('The tunnel there is down, and MACs are not to be led there.'),
  },
  ['down'],
);

const BFD = record({ enable: flag(), minRx: integer('Milliseconds.'), minTx: integer('Milliseconds.') }, [
  'minRx',
  'minTx',
]);

const rows: readonly RowKind[] = [
  {
    key: '{network}',
    about: 'What the switch should hold of one network.',
    row: record(
      {
        vni: integer('Of the logical switch.', VNI),
        name: text("The network's name, for `Logical_Switch.description`."),
        replication: oneOf(['source_node', 'service_node']),
        bindings: list(record({ port: text(), vlan: integer('0: untagged.', { minimum: 0, maximum: 4095 }) })),
        remotes: list(REMOTE),
        capabilities: list(text(), 'What the operator has declared that the switch can do.'),
        serviceNodes: list(text(), 'VTEP IPs of replicators.'),
        maxFloodLocators: integer('How many members of a flood set the switch honours.', { minimum: 1 }),
        maxMacs: integer('How many rows of MACs the switch has room for.', { minimum: 1 }),
        bfd: BFD,
        drift: oneOf(['report'], 'What others change of ours is left as it is.'),
        generation: text('Tells this wish from earlier ones of the same content.'),
      },
      ['remotes', 'capabilities', 'serviceNodes', 'maxFloodLocators', 'maxMacs', 'bfd', 'drift', 'generation'],
    ),
  },
];

/** `switch/<switch>`, written by the API for the agent of that switch: logical switch → what it should be. */
export const switchTable = {
  type: 'l2gw.table.switch.v1',
  table: (switchId: ClientId): string => `switch/${switchId}`,
  rows,
  decode(_key: string, json: unknown): LogicalSwitchRow {
    const read = reader(switchTable.type, json);
    return {
      vni: read.number('vni', parseVni),
      name: read.string('name'),
      replication: read.oneOf('replication', ['source_node', 'service_node']),
      bindings: read.objects('bindings', decodeBinding),
      ...(read.has('remotes') ? { remotes: read.objects('remotes', decodeRemote) } : {}),
      ...(read.has('capabilities') ? { capabilities: known(read.strings('capabilities')) } : {}),
      ...(read.has('serviceNodes') ? { serviceNodes: read.strings('serviceNodes', parseVtepIp) } : {}),
      ...(read.has('maxFloodLocators') ? { maxFloodLocators: read.integer('maxFloodLocators') } : {}),
      ...(read.has('maxMacs') ? { maxMacs: read.integer('maxMacs') } : {}),
      ...(read.has('bfd') ? { bfd: read.object('bfd', decodeBfd) } : {}),
      ...(read.has('drift') ? { drift: read.oneOf('drift', ['report']) } : {}),
      ...(read.has('generation') ? { generation: read.string('generation') } : {}),
    };
  },
} as const;

function decodeBinding(read: Reader): PortBinding {
  return { port: read.string('port'), vlan: read.number('vlan', parseVlan) };
}

function decodeBfd(read: Reader): BfdWish {
  return {
    enable: read.boolean('enable'),
    ...(read.has('minRx') ? { minRx: read.integer('minRx') } : {}),
    ...(read.has('minTx') ? { minTx: read.integer('minTx') } : {}),
  };
}

function decodeRemote(read: Reader): RemoteTunnel {
  return {
    connection: read.string('connection'),
    vtep: read.as('vtep', parseVtepIp),
    vni: read.number('vni', parseVni),
    flood: read.boolean('flood'),
    ...(read.has('down') && read.boolean('down') ? { down: true } : {}),
  };
}

/** Capabilities that this reader does not know it cannot make use of. */
function known(names: readonly string[]): readonly SwitchCapability[] {
  return SWITCH_CAPABILITIES.filter((each) => names.includes(each));
}
