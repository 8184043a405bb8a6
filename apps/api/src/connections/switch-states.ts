import type { Problem, RemoteTunnel } from '@l2gw/contracts';
import { hashFromBigint64Text, hashToHex } from '@l2gw/tables';
import type { AgentLife } from '../switches/agent-life.js';
import { tunnelIpWarning } from '../switches/switch-status.js';
import type { SwitchState } from './connection-status.js';

/** What the database knows of a network on one switch. */
export interface SwitchColumns {
  readonly id: string;
  readonly name: string;
  readonly tunnel_ips: readonly string[] | null;
  /** Which of them its operator has chosen. */
  readonly tunnel_ip: string | null;
  readonly wanted: string | null;
  /** Remote gateway connections in the row that the switch should have. */
  readonly remotes: readonly RemoteTunnel[] | null;
  readonly confirmation: {
    readonly row: string;
    readonly state: string;
    readonly problems: readonly Problem[];
  } | null;
  readonly report: { readonly state: string; readonly reason?: string; readonly faults: readonly string[] } | null;
  readonly port_faults: readonly { readonly port: string; readonly faults: readonly string[] }[] | null;
}

/**
 * SQL for a list of `SwitchColumns`. `network`: the network's id; `mine`: which rows of `binding` count. Whatever hangs on switches, a
 * connection or another thing, has its status from these. A row that was compiled from other bindings than there are now is not
 * what is wanted any more: the next one is on its way.
 */
export const switchColumns = (network: string, mine: string): string => `(
  SELECT coalesce(jsonb_agg(jsonb_build_object(
    'id', switch.id, 'name', bound.device_name, 'tunnel_ips', report.row -> 'tunnelIps', 'tunnel_ip', switch.settings ->> 'tunnel_ip', 'wanted',
    CASE WHEN split_part(wanted.row::jsonb ->> 'generation', '.', 1) = (
      SELECT max(generation)::text FROM binding WHERE network_id = ${network} AND device_name = bound.device_name
    ) THEN wanted.hash::text END,
    'remotes', wanted.row::jsonb -> 'remotes',
    'confirmation', confirmation.row, 'report', report.row, 'port_faults', (
      SELECT jsonb_agg(DISTINCT jsonb_build_object('port', substr(port.key, 6), 'faults', port.row -> 'faults'))
      FROM binding JOIN pushed_row AS port ON port.table_name = 'report/' || switch.id AND port.key = 'port/' || binding.port_name
      WHERE ${mine} AND binding.device_name = bound.device_name AND port.row -> 'faults' <> '[]'
    )) ORDER BY bound.device_name), '[]')
  FROM (SELECT DISTINCT device_name FROM binding WHERE ${mine}) AS bound
  LEFT JOIN switch ON switch.name = bound.device_name
  LEFT JOIN derived_row AS wanted ON wanted.table_name = 'switch/' || switch.id AND wanted.key = ${network}::text
  LEFT JOIN pushed_row AS confirmation
    ON confirmation.table_name = 'report/' || switch.id AND confirmation.key = 'logical-switch/' || ${network}
  LEFT JOIN pushed_row AS report ON report.table_name = 'report/' || switch.id AND report.key = 'switch'
)`;

/** What is known of agents from their life signs. */
export type Life = Pick<AgentLife, 'silent' | 'behind' | 'readOnly'>;

/**
 * What the columns and the agents' life signs say. Of the problems of remote gateway connections only those of `remote` count.
 */
export function switchStatesOf(
  { network_id, switches }: { readonly network_id: string; readonly switches: readonly SwitchColumns[] },
  life: Life,
  remote?: string,
): readonly SwitchState[] {
  return switches.map((each) => ({
    switch: each.name,
    wanted: each.wanted === null ? undefined : hashToHex(hashFromBigint64Text(each.wanted)),
    confirmed: each.confirmation?.row,
    applied:
      each.confirmation?.state === 'applied' &&
      !problemsOf(each, remote).some((problem) => problem.connection !== undefined),
    problems: problemsOf(each, remote),
    behind: life.behind(each.id, network_id),
    faults: [
      ...tunnelIpFaults(each),
      ...(each.report?.faults ?? []).map((fault) => `SWITCH_FAULT ${fault}`),
      ...(each.port_faults ?? []).map(({ port, faults }) => `PORT_FAULT ${port}: ${faults.join(', ')}`),
    ],
    absence: absenceOf(each, life),
  }));
}

/** One that is chosen and not there leaves everybody else without a way to the switch. */
function tunnelIpFaults({ tunnel_ip, tunnel_ips }: SwitchColumns): readonly string[] {
  const warning = tunnel_ip === null || tunnel_ips === null ? undefined : tunnelIpWarning(tunnel_ips, tunnel_ip);
  return warning === undefined ? [] : [`TUNNEL_IP_NOT_FOUND ${warning}`];
}

function problemsOf({ confirmation }: SwitchColumns, remote: string | undefined): readonly Problem[] {
  const problems = confirmation?.problems ?? [];
  return problems.filter(({ connection }) => connection === undefined || connection === remote);
}

function absenceOf({ id, report }: SwitchColumns, life: Life): string | undefined {
  const readOnly = life.readOnly(id);
  if (readOnly !== undefined) return `READ_ONLY ${readOnly}: give the agent write access to the switch's database`;
  if (report === null) return 'NOT_CONNECTED its agent has not reported yet';
  if (report.state === 'missing')
    return `SWITCH_NOT_FOUND ${report.reason ?? 'the database has no switch of that name'}`;
  if (report.state !== 'connected') return `NOT_CONNECTED ${report.reason ?? 'the switch does not answer'}`;
  return life.silent(id) ? 'AGENT_SILENT its agent gives no sign of life' : undefined;
}
