import type { PortReport, SwitchReport, TunnelReport } from '@l2gw/contracts';
import { MAX_VLAN, parseVlan, parseVtepIp, type VtepIp } from '@l2gw/l2';
import { partsOf } from '../switch/locator.js';
import type { ActualPort, ActualTunnel, RowId, SwitchContents, SwitchSelf } from '../switch/switch-contents.js';
import type { SwitchState } from '../switch/switch.js';

/** The switch's report as it stands in the table: the key says that it is one. */
export type SwitchReportRow = Omit<SwitchReport, 'report'>;
export type TunnelReportRow = Omit<TunnelReport, 'report' | 'remote'>;
export type PortReportRow = Omit<PortReport, 'report' | 'port'>;

/** What is to be said of the switch as a whole, and of what was last known of it. */
export function reportSwitch(
  name: string,
  state: Pick<SwitchReportRow, 'state' | 'reason'>,
  self: SwitchSelf | undefined,
  schema: string,
  usedTunnelIp?: string,
): SwitchReportRow {
  const [used] = vtepsIn(usedTunnelIp === undefined ? [] : [usedTunnelIp]);
  return {
    name,
    ...state,
    description: self?.description ?? '',
    tunnelIps: vtepsIn(self?.tunnelIps ?? []),
    managementIps: self?.managementIps ?? [],
    schema,
    faults: self?.faults ?? [],
    ...(used === undefined ? {} : { usedTunnelIp: used }),
  };
}

/** Whether it answers, and is in its database. */
export function reportState(
  state: SwitchState,
  self: SwitchSelf | undefined,
): Pick<SwitchReportRow, 'state' | 'reason'> {
  if (state.kind === 'down') return { state: 'disconnected', reason: state.reason };
  if (self === undefined) return { state: 'missing', reason: 'the database has no switch of this name' };
  return { state: 'connected' };
}

/** Text that is no IPv4 address cannot be a tunnel's end (vtep(5), `tunnel_ips`). */
function vtepsIn(texts: readonly string[]): readonly VtepIp[] {
  return texts.flatMap((text) => {
    try {
      return [parseVtepIp(text)];
    } catch {
      return []; // the schema takes any text
    }
  });
}

/** What is to be said of the tunnels, by the VTEP at their far end; of two to one VTEP, what is worse. */
export function reportTunnels(tunnels: readonly ActualTunnel[]): ReadonlyMap<string, TunnelReportRow> {
  const rows = new Map<string, TunnelReportRow>();
  for (const { remote, status } of tunnels) {
    if (remote === undefined) continue;
    const { vtep } = partsOf(remote);
    const diagnostic = status.get('diagnostic') ?? '';
    const fault = status.get('forwarding') !== 'false' ? '' : diagnostic || 'it does not forward';
    if (!rows.get(vtep)?.fault) rows.set(vtep, { state: status.get('state') ?? '', fault });
  }
  return rows;
}

/** What is to be said of a port, with the VLANs on it that are not ours. */
export function reportPort(
  port: ActualPort,
  contents: Pick<SwitchContents, 'networkOf' | 'logicalSwitch'>,
): PortReportRow {
  const foreign = [...port.bindings]
    .filter(([vlan, id]) => vlan <= MAX_VLAN && contents.networkOf(id) === undefined)
    .map(([vlan, id]) => ({ vlan: parseVlan(vlan), logicalSwitch: nameOf(id, contents) }))
    .sort((a, b) => a.vlan - b.vlan);
  return { description: port.description, faults: port.faults, foreign };
}

function nameOf(id: RowId, contents: Pick<SwitchContents, 'logicalSwitch'>): string {
  return contents.logicalSwitch(id)?.name ?? id;
}
