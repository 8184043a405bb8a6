import type { Listing } from '../http/listing.js';
import { utc } from '../http/utc.js';
import type { AgentLife } from './agent-life.js';
import { switchStatusOf } from './switch-status.js';
import { SWITCHES, type SwitchRow } from './switch-store.js';

/** What is known of agents from their life signs. */
type Life = Pick<AgentLife, 'silent' | 'lastSeen' | 'readOnly'>;

/** A switch as operators see it: what is known of it and whether it answers. */
export function switchView(row: SwitchRow, life: Life): Readonly<Record<string, unknown>> {
  const lastSeen = life.lastSeen(row.client_id);
  return {
    id: row.id,
    name: row.id,
    client_id: row.client_id,
    description: row.description,
    announced: row.announced,
    model: row.model,
    capabilities: row.capabilities,
    management: row.management,
    ...SETTINGS,
    ...row.settings,
    ...switchStatusOf(
      row.report ?? undefined,
      { silent: life.silent(row.client_id), readOnly: life.readOnly(row.client_id) },
      row.settings,
    ),
    agent_alive: lastSeen !== undefined && !life.silent(row.client_id),
    last_seen: lastSeen === undefined ? null : utc(lastSeen),
    tunnel_ips: row.report?.tunnelIps ?? [],
    vtep_ip: row.vtep_ip,
    drift: row.drift,
    tunnels: row.tunnels.map(({ remote_ip, report }) => ({ remote_ip, ...report })),
    management_ips: row.report?.managementIps ?? [],
    schema_version: row.report?.schema ?? null,
    faults: row.report?.faults ?? [],
    ports: row.ports.map((port) => ({
      name: port.name,
      description: port.report.description ?? '',
      faults: port.report.faults ?? [],
      bindings: port.bindings ?? [],
      foreign_bindings: port.report.foreign ?? [],
    })),
    created_at: utc(row.created_at),
    updated_at: utc(row.updated_at),
    revision_number: row.revision_number,
  };
}

/** As long as nobody has said otherwise. */
const SETTINGS = {
  replication_mode: null,
  service_nodes: [],
  max_flood_locators: null,
  tunnel_ip: null,
  bfd: null,
  max_macs: null,
  max_networks: null,
  drift_policy: 'repair',
};

export const switchListing = (life: Life): Listing<SwitchRow> => ({
  from: SWITCHES,
  path: '/v2.0/l2-switches',
  plural: 'l2_switches',
  attributes: {
    id: 'listed.id',
    name: 'listed.id',
    client_id: 'listed.client_id',
    description: 'listed.description',
    announced: 'listed.announced',
    model: 'listed.model',
    created_at: 'listed.created_at',
    updated_at: 'listed.updated_at',
  },
  flags: ['announced'],
  view: (row) => switchView(row, life),
});
