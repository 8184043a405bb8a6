import type { ClientId, SwitchReport, TunnelReport } from '@l2gw/contracts';
import type { EntityManager } from 'typeorm';
import { type NeutronError, notFound } from '../http/neutron-error.js';
import type { SwitchSettings } from './switch-settings.js';

/** A switch with what its agent has reported. Its id for clients is its name. */
export interface SwitchRow {
  readonly id: string;
  readonly client_id: ClientId;
  readonly description: string;
  readonly announced: boolean;
  readonly model: string;
  readonly capabilities: readonly string[];
  readonly management: object;
  readonly settings: SwitchSettings;
  /** By which others reach it. */
  readonly vtep_ip: string | null;
  readonly drift: readonly object[];
  readonly tunnels: readonly { readonly remote_ip: string; readonly report: Omit<TunnelReport, 'report' | 'remote'> }[];
  readonly report: Omit<SwitchReport, 'report'> | null;
  readonly ports: readonly {
    readonly name: string;
    readonly report: {
      readonly description?: string;
      readonly faults?: readonly string[];
      readonly foreign?: readonly object[];
    };
    readonly bindings: readonly { readonly vlan: number; readonly network_id: string }[] | null;
  }[];
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly revision_number: number;
}

export const SWITCHES = `(
  SELECT switch.name AS id, switch.id AS client_id, description, announced, model, capabilities, management, settings, created_at, updated_at,
    revision_number, report.row AS report, switch_vtep(settings, report.row) AS vtep_ip,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('network_id', substr(key, 7)) || row ORDER BY key), '[]')
     FROM pushed_row WHERE table_name = 'report/' || switch.id AND key LIKE 'drift/%') AS drift,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('remote_ip', substr(key, 8), 'report', row) ORDER BY key), '[]')
     FROM pushed_row WHERE table_name = 'report/' || switch.id AND key LIKE 'tunnel/%') AS tunnels,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', substr(key, 6), 'report', row, 'bindings', (
        SELECT jsonb_agg(jsonb_build_object('vlan', vlan, 'network_id', network_id) ORDER BY vlan)
        FROM binding WHERE device_name = switch.name AND port_name = substr(key, 6))) ORDER BY key), '[]')
     FROM pushed_row WHERE table_name = 'report/' || switch.id AND key LIKE 'port/%') AS ports
  FROM switch LEFT JOIN pushed_row AS report ON report.table_name = 'report/' || switch.id AND report.key = 'switch' AND report.row <> '{}'
)`;

export async function findSwitch(db: EntityManager, name: string): Promise<SwitchRow> {
  const [row]: SwitchRow[] = await db.query(`SELECT * FROM ${SWITCHES} AS listed WHERE id = $1`, [name]);
  if (row === undefined) throw switchNotFound(name);
  return row;
}

/** The switch's row, which nobody else changes until the end of the transaction. */
export async function lockSwitch(
  db: EntityManager,
  name: string,
): Promise<{ readonly id: ClientId; readonly revision_number: number }> {
  const [row]: { id: ClientId; revision_number: number }[] = await db.query(
    'SELECT id, revision_number FROM switch WHERE name = $1 FOR UPDATE',
    [name],
  );
  if (row === undefined) throw switchNotFound(name);
  return row;
}

const switchNotFound = (name: string): NeutronError =>
  notFound('L2SwitchNotFound', `L2 Switch ${name} could not be found.`);

/** A MAC that the switch has learned on one of its ports. */
export interface SwitchMac {
  readonly mac: string;
  readonly network_id: string;
  readonly ip_address: string | null;
  readonly vtep_ip: string | null;
}

export function learnedMacs(db: EntityManager, client: ClientId): Promise<readonly SwitchMac[]> {
  return db.query(
    `SELECT row ->> 'mac' AS mac, row ->> 'logicalSwitch' AS network_id, row ->> 'ip' AS ip_address, row ->> 'vtep' AS vtep_ip
     FROM pushed_row WHERE table_name = 'learned/' || $1 AND row <> '{}' ORDER BY network_id, mac, key`,
    [client],
  );
}
