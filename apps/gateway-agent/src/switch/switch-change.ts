import type { RowId } from './switch-contents.js';

/** What has become different on the switch, whoever did it: where to look, not what to do. */
export interface SwitchChange {
  /** Networks whose logical switch or flood set was touched. */
  readonly networks: ReadonlySet<string>;
  /** Logical switches of others, as they were and as they are. */
  readonly strangers: readonly Stranger[];
  /** A logical switch became ours, or ceased to be. */
  readonly ownership: boolean;
  /** VLANs of ports that are bound otherwise than before. */
  readonly places: readonly NamedPlace[];
  /** Rows of ports of which anything changed. */
  readonly ports: ReadonlySet<RowId>;
  /** Names of ports that came, went or were renamed. */
  readonly portNames: ReadonlySet<string>;
  /** The switch's own row. */
  readonly self: boolean;
  /** Somebody gave a locator a tunnel key, or took it away. */
  readonly locatorKeys: boolean;
  /** A tunnel came, went, or is otherwise than before. */
  readonly tunnels: boolean;
  readonly remoteMacs: readonly { readonly network: string; readonly mac: string }[];
  readonly localMacs: readonly RowId[];
}

export interface Stranger {
  readonly name: string;
  readonly vni: number | undefined;
}

export interface NamedPlace {
  readonly port: string;
  readonly vlan: number;
}
