import { hashFromBigint64Text, hashToHex } from '@l2gw/tables';
import type { Problem } from '@l2gw/contracts';
import type { EntityManager } from 'typeorm';
import { isUuid } from '../http/attributes.js';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import type { ConnectionEntity } from './connection.entity.js';
import type { SwitchState } from './connection-status.js';

/** The reference's text, with its two blanks and without the id. */
export const connectionNotFound = (): NeutronError =>
  notFound('L2GatewayConnectionNotFound', 'The connection  not found on the l2 gateway');

/** A connection with what is known of it on its switches. */
export interface ConnectionRow extends ConnectionEntity {
  readonly switches: readonly SwitchColumns[];
}

interface SwitchColumns {
  readonly id: string;
  readonly name: string;
  readonly wanted: string | null;
  /** Remote gateway connections in the row that the switch should have. */
  readonly remotes: readonly object[] | null;
  readonly confirmation: {
    readonly row: string;
    readonly state: string;
    readonly problems: readonly Problem[];
  } | null;
  readonly report: { readonly state: string; readonly reason?: string; readonly faults: readonly string[] } | null;
  readonly port_faults: readonly { readonly port: string; readonly faults: readonly string[] }[] | null;
}

/** Connections with the states of their switches, as one relation. */
export const CONNECTIONS = `(
  SELECT connection.*, (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', switch.id, 'name', bound.device_name, 'wanted', wanted.hash::text, 'remotes', wanted.row::jsonb -> 'remotes',
      'confirmation', confirmation.row, 'report', report.row, 'port_faults', (
        SELECT jsonb_agg(DISTINCT jsonb_build_object('port', substr(port.key, 6), 'faults', port.row -> 'faults'))
        FROM binding JOIN pushed_row AS port ON port.table_name = 'report/' || switch.id AND port.key = 'port/' || binding.port_name
        WHERE binding.connection_id = connection.id AND binding.device_name = bound.device_name AND port.row -> 'faults' <> '[]'
      )) ORDER BY bound.device_name), '[]')
    FROM (SELECT DISTINCT device_name FROM binding WHERE connection_id = connection.id) AS bound
    LEFT JOIN switch ON switch.name = bound.device_name
    LEFT JOIN derived_row AS wanted ON wanted.table_name = 'switch/' || switch.id AND wanted.key = connection.network_id::text AND wanted.row IS NOT NULL
    LEFT JOIN pushed_row AS confirmation
      ON confirmation.table_name = 'report/' || switch.id AND confirmation.key = 'logical-switch/' || connection.network_id
    LEFT JOIN pushed_row AS report ON report.table_name = 'report/' || switch.id AND report.key = 'switch'
  ) AS switches
  FROM l2_gateway_connection AS connection
)`;

export async function findConnection(db: EntityManager, id: string): Promise<ConnectionRow> {
  const [row]: ConnectionRow[] = isUuid(id)
    ? await db.query(`SELECT * FROM ${CONNECTIONS} AS listed WHERE id = $1`, [id])
    : [];
  if (row === undefined) throw connectionNotFound();
  return row;
}

export async function lockConnection(db: EntityManager, id: string): Promise<ConnectionEntity> {
  const [row]: ConnectionEntity[] = isUuid(id)
    ? await db.query('SELECT * FROM l2_gateway_connection WHERE id = $1 FOR UPDATE', [id])
    : [];
  if (row === undefined) throw connectionNotFound();
  return row;
}

/**
 * What the columns say; `silent` tells which agents have given no sign of life. Of the problems of remote gateway connections only
 * those of `remote` count.
 */
export function switchStatesOf(
  row: Pick<ConnectionRow, 'switches'>,
  silent: (switchId: string) => boolean,
  remote?: string,
): readonly SwitchState[] {
  return row.switches.map((each) => ({
    switch: each.name,
    wanted: each.wanted === null ? undefined : hashToHex(hashFromBigint64Text(each.wanted)),
    confirmed: each.confirmation?.row,
    applied:
      each.confirmation?.state === 'applied' &&
      !problemsOf(each, remote).some((problem) => problem.connection !== undefined),
    problems: problemsOf(each, remote),
    faults: [
      ...(each.report?.faults ?? []).map((fault) => `SWITCH_FAULT ${fault}`),
      ...(each.port_faults ?? []).map(({ port, faults }) => `PORT_FAULT ${port}: ${faults.join(', ')}`),
    ],
    absence: absenceOf(each, silent(each.id)),
  }));
}

function problemsOf({ confirmation }: SwitchColumns, remote: string | undefined): readonly Problem[] {
  const problems = confirmation?.problems ?? [];
  return problems.filter(({ connection }) => connection === undefined || connection === remote);
}

function absenceOf({ report }: SwitchColumns, silent: boolean): string | undefined {
  if (report === null) return 'NOT_CONNECTED its agent has not reported yet';
  if (report.state === 'missing')
    return `SWITCH_NOT_FOUND ${report.reason ?? 'the database has no switch of that name'}`;
  if (report.state !== 'connected') return `NOT_CONNECTED ${report.reason ?? 'the switch does not answer'}`;
  return silent ? 'AGENT_SILENT its agent gives no sign of life' : undefined;
}
