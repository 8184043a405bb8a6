import type { Locator } from './locator.js';

/** What is on the switch, in the words of the field: the actual side of every plan. */
export interface SwitchContents {
  /** What the switch lets itself be told; absent before its schema was seen. */
  readonly can: Capabilities;
  /** Version of its `hardware_vtep` schema. */
  readonly schema: string;
  /** The rows of our switches, in the order in which they were named to us; one that the database does not have (yet) is missing. */
  switches(): readonly SwitchSelf[];
  /** All ports of these switches. */
  ports(): readonly ActualPort[];
  /** The networks that have a logical switch of ours. */
  networks(): Iterable<string>;
  /** Our logical switches of a network: more than one only after a foreign edit; the one to keep comes first. */
  owned(network: string): readonly ActualLogicalSwitch[];
  /** The first of them, by identity only: for those who ask for every MAC. */
  logicalSwitchOf(network: string): RowId | undefined;
  logicalSwitch(id: RowId): ActualLogicalSwitch | undefined;
  /** The network of one of our logical switches; absent for somebody else's. */
  networkOf(id: RowId): string | undefined;
  named(name: string): ActualLogicalSwitch | undefined;
  withVni(vni: number): readonly ActualLogicalSwitch[];
  /** Where this logical switch is bound, on whatever switch of the database. */
  places(logicalSwitch: RowId): readonly Place[];
  floodRows(logicalSwitch: RowId): readonly FloodRow[];
  remoteMac(logicalSwitch: RowId, mac: string): readonly RemoteMacRow[];
  /** Rows of MACs in the database, whosever they are. */
  readonly remoteMacCount: number;
  /** The MACs of which there are rows. */
  remoteMacs(logicalSwitch: RowId): Pick<ReadonlyMap<string, unknown>, 'size' | 'keys'>;
  /** Tunnels that switches have made (since schema 1.3.0). */
  tunnels(): readonly ActualTunnel[];
  localMac(id: RowId): LocalMacRow | undefined;
  localMacs(): Iterable<LocalMacRow>;
}

/** The `_uuid` of a row in the switch's database. */
export type RowId = string;

/** Columns that older schemas lack (vtep.ovsschema 1.5.0, 1.5.1 and 1.6.0). */
export interface Capabilities {
  /** `Physical_Locator.tunnel_key`. */
  readonly tunnelKey: boolean;
  readonly otherConfig: boolean;
  readonly replicationMode: boolean;
}

export interface SwitchSelf {
  /** Of its row: another one after a reset. */
  readonly id: RowId;
  readonly name: string;
  readonly description: string;
  readonly tunnelIps: readonly string[];
  readonly managementIps: readonly string[];
  /** `switch_fault_status`, verbatim. */
  readonly faults: readonly string[];
}

export interface ActualPort {
  readonly id: RowId;
  /** The name of its switch: that of the port says which one it is only there. */
  readonly switch: string;
  readonly name: string;
  readonly description: string;
  /** `port_fault_status`, verbatim. */
  readonly faults: readonly string[];
  /** VLAN → logical switch. */
  readonly bindings: ReadonlyMap<number, RowId>;
}

export interface ActualLogicalSwitch {
  readonly id: RowId;
  readonly name: string;
  readonly description: string;
  readonly vni: number | undefined;
  readonly replication: string | undefined;
  readonly config: ReadonlyMap<string, string>;
}

/** A VLAN of a port's row. */
export interface Place {
  readonly port: RowId;
  readonly vlan: number;
}

export interface RemoteMacRow {
  readonly id: RowId;
  /** As the row spells it. */
  readonly text: string;
  /** Canonical, or what the row says if that is no MAC. */
  readonly mac: string;
  /** Absent if it is no VXLAN tunnel. */
  readonly locator: Locator | undefined;
  /** Empty: unknown. */
  readonly ip: string;
}

export interface FloodRow {
  readonly id: RowId;
  /** `unknown-dst`, unless somebody else put a group's address there. */
  readonly mac: string;
  /** A member that is no VXLAN tunnel is `undefined`. */
  readonly locators: readonly (Locator | undefined)[];
}

/** A tunnel of the switch's; only `params` is ours to write (vtep(5), `bfd_params`). */
export interface ActualTunnel {
  readonly id: RowId;
  /** The tunnel IP at its near end. */
  readonly local: string | undefined;
  readonly remote: Locator | undefined;
  readonly params: ReadonlyMap<string, string>;
  /** `bfd_status`, verbatim; empty without BFD and after a restart of the server. */
  readonly status: ReadonlyMap<string, string>;
}

/** A MAC that the switch has learned on one of its ports. */
export interface LocalMacRow {
  readonly id: RowId;
  /** Absent if its logical switch is not ours. */
  readonly network: string | undefined;
  readonly text: string;
  readonly vtep: string | undefined;
  readonly ip: string;
}
