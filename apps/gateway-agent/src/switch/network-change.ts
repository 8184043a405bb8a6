import type { IpAddress, MacAddress, VlanId } from '@l2gw/l2';
import type { Locator } from './locator.js';
import type { ActualPort, Place, RowId } from './switch-contents.js';

/** Everything that one transaction changes of one network on the switch. */
export interface NetworkChange {
  readonly logicalSwitch: LogicalSwitchChange;
  /** The transaction fails if somebody else has bound one of the VLANs by then. */
  readonly bind: readonly { readonly port: ActualPort; readonly vlans: readonly VlanId[] }[];
  readonly unbind: readonly Place[];
  readonly flood: FloodChange;
  /** Only together with a new logical switch. */
  readonly macs: readonly MacChange[];
}

export type LogicalSwitchChange =
  | { readonly kind: 'insert'; readonly content: LogicalSwitchContent }
  | {
      readonly kind: 'update';
      readonly id: RowId;
      readonly content: Partial<LogicalSwitchContent>;
      /** It is not ours yet: the transaction fails unless it still has this name and VNI. */
      readonly adopts?: { readonly name: string; readonly vni: number };
    }
  | { readonly kind: 'keep'; readonly id: RowId };

/** `undefined` in a column that the schema lacks. */
export interface LogicalSwitchContent {
  readonly name: string;
  readonly description: string;
  readonly vni: number;
  readonly replication: 'source_node' | 'service_node' | undefined;
  readonly config: ReadonlyMap<string, string> | undefined;
}

export interface FloodChange {
  readonly remove: readonly RowId[];
  /** Written into a new row if it names none. */
  readonly write: { readonly row: RowId | undefined; readonly locators: readonly Locator[] } | undefined;
}

/** A MAC as the switch should hold it. */
export interface RemoteMac {
  readonly mac: MacAddress;
  readonly locator: Locator;
  /** For ARP suppression; empty: unknown. */
  readonly ip: IpAddress | '';
}

export type MacChange =
  | { readonly kind: 'add'; readonly entry: RemoteMac }
  | { readonly kind: 'move'; readonly id: RowId; readonly entry: RemoteMac }
  | { readonly kind: 'remove'; readonly id: RowId; readonly mac: string };

/** A change of one MAC and the logical switch it belongs to. */
export interface OwnedMacChange {
  readonly logicalSwitch: RowId;
  readonly change: MacChange;
}

/** A logical switch that goes with everything that hangs on it. */
export interface TearDown {
  readonly id: RowId;
  readonly places: readonly Place[];
}

/** A tunnel's `bfd_params` as they should be. */
export interface TunnelChange {
  readonly id: RowId;
  readonly params: ReadonlyMap<string, string>;
}
