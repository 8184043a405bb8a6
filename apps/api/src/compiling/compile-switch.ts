import { type BfdWish, type LogicalSwitchRow, type RemoteTunnel, SWITCH_CAPABILITIES } from '@l2gw/contracts';
import { parseVlan, parseVni, parseVtepIp } from '@l2gw/l2';
import type { BfdSetting, SwitchSettings } from '../switches/switch-settings.js';
import { type TunnelState, isTunnelDown } from '../switches/tunnel-down.js';
import type { TunnelPolicy } from '../sync/peer-settings.js';

/** What the facts say of one network on one switch. */
export interface BoundNetwork {
  readonly name: string;
  readonly vni: number;
  /** Another one each time a binding was made anew or the network was changed. */
  readonly generation: string;
  readonly bindings: readonly { readonly port: string; readonly vlan: number }[];
  /** Remote gateway connections of the gateways that bind it here. */
  readonly remotes: readonly {
    readonly connection: string;
    readonly vtep: string;
    readonly vni: number;
    readonly flood: boolean;
    /** What its peer is to be treated like while the tunnel there is down; null: no peer's. */
    readonly onTunnelDown: TunnelPolicy | null;
    /** What the switch reports of it; null: nothing. */
    readonly tunnel: TunnelState | null;
  }[];
  /** What the switch is declared to be capable of. */
  readonly capabilities: readonly string[];
  /** What its operator wants of the switch as a whole. */
  readonly settings: SwitchSettings;
}

/** The row of a switch's table as it goes on the wire; absent if the network is not bound on the switch. */
export function compileLogicalSwitch(
  network: BoundNetwork | undefined,
  replication: LogicalSwitchRow['replication'],
): LogicalSwitchRow | undefined {
  if (network === undefined || network.bindings.length === 0) return undefined;
  const bindings = network.bindings.map(({ port, vlan }) => ({ port, vlan: parseVlan(vlan) }));
  bindings.sort((a, b) => (a.port < b.port ? -1 : a.port > b.port ? 1 : a.vlan - b.vlan));
  const { name, vni, generation } = network;
  const flooding = floodingOf(network.settings, replication);
  return { vni: parseVni(vni), name, bindings, ...flooding, ...tunnelsOf(network), generation };
}

function floodingOf(
  { replication_mode, service_nodes = [], max_flood_locators, max_macs, bfd, drift_policy }: SwitchSettings,
  replication: LogicalSwitchRow['replication'],
): Pick<LogicalSwitchRow, 'replication' | 'serviceNodes' | 'maxFloodLocators' | 'maxMacs' | 'bfd' | 'drift'> {
  return {
    replication: replication_mode ?? replication,
    ...(service_nodes.length === 0 ? {} : { serviceNodes: service_nodes.map(parseVtepIp) }),
    ...(max_flood_locators === undefined ? {} : { maxFloodLocators: max_flood_locators }),
    ...(drift_policy === 'report' ? { drift: drift_policy } : {}),
    ...(max_macs === undefined ? {} : { maxMacs: max_macs }),
    ...(bfd === undefined ? {} : { bfd: bfdOf(bfd) }),
  };
}

function bfdOf({ enable, min_rx, min_tx }: BfdSetting): BfdWish {
  return {
    enable,
    ...(min_rx === undefined ? {} : { minRx: min_rx }),
    ...(min_tx === undefined ? {} : { minTx: min_tx }),
  };
}

/** A switch that stretches nothing tells its capabilities, too: another one in its database may, and the rows are those of both. */
function tunnelsOf({ remotes, ...declared }: BoundNetwork): Pick<LogicalSwitchRow, 'remotes' | 'capabilities'> {
  const capabilities = SWITCH_CAPABILITIES.filter((each) => declared.capabilities.includes(each));
  if (remotes.length === 0) return capabilities.length === 0 ? {} : { capabilities };
  const tunnels = remotes.map(({ connection, vtep, vni, flood, onTunnelDown, tunnel }): RemoteTunnel => {
    const isDown = onTunnelDown === 'flush' && tunnel !== null && isTunnelDown(tunnel);
    return { connection, vtep: parseVtepIp(vtep), vni: parseVni(vni), flood, ...(isDown ? { down: true } : {}) };
  });
  return {
    remotes: tunnels.sort((a, b) => (a.connection < b.connection ? -1 : 1)),
    capabilities,
  };
}
