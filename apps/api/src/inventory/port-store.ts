import { networkTable } from '@l2gw/contracts';
import type { EntityManager } from 'typeorm';
import { insertAudit } from '../audit/audit-store.js';
import { type FactsTransaction, markMac } from '../database/facts.js';
import { type Lane, insertFewSelected, insertSelected, laneOf } from '../database/mark-lists.js';
import { anyLimited } from '../quotas/quota-store.js';
import { markStretchesOf } from '../sync/mark-shared.js';
import { IS_ROUTER, isRouter } from './router-port.js';
import { macsOf } from './port-macs.js';
import { PortEntity } from './port.entity.js';

/** Writing ports together with what hangs on them: the MACs they speak with, and the marks of what must be compiled anew. */

export type NewPort = Omit<PortEntity, 'claim' | 'tags' | 'created_at' | 'updated_at' | 'revision_number'>;

/**
 * Stores ports, their MACs and the marks in one statement.
 * The VTEPs of their hosts cannot change meanwhile: who changes one locks the table of ports first (`host-store.ts`).
 */
export function insertPorts(db: EntityManager, ports: readonly NewPort[]): Promise<readonly PortEntity[]> {
  const values = valuesOf(ports);
  return db.query(insertPortsIf('true', values), values);
}

/**
 * The same with the audit record, and so needs no transaction around it; unless a network has subnets, then the ports need addresses
 * first (`place-ports.ts`), or a project has a limit, then they must be counted: nothing is stored. Who changes a limit locks the
 * table of ports first as well (`set-quota.ts`).
 */
export function insertPortsIfFree(
  db: EntityManager,
  ports: readonly NewPort[],
  { limit, audit }: { readonly limit: number; readonly audit: string },
): Promise<readonly PortEntity[]> {
  const networks = [...new Set(ports.map((port) => port.network_id))];
  const projects = [...new Set(ports.map((port) => port.project_id))];
  const placed = 'EXISTS (SELECT FROM subnet WHERE subnet.network_id = ANY ($4::uuid[]))';
  const condition = `NOT ${placed} AND NOT ${anyLimited('port', '$5', '$6')}`;
  const audited = `, audited AS (${insertAudit('$7', 'EXISTS (SELECT FROM new)')})`;
  const values = valuesOf(ports);
  return db.query(insertPortsIf(condition, values, audited), [...values, networks, projects, limit, audit]);
}

type Values = [ports: string, macs: string, lane: Lane];

function valuesOf(ports: readonly NewPort[]): Values {
  const macs = ports.flatMap((port) =>
    [...macsOf(port)].map(([mac, ips]) => ({ port_id: port.id, network_id: port.network_id, mac, ips })),
  );
  return [JSON.stringify(ports), JSON.stringify(macs), laneOf(macs.length)];
}

const insertPortsIf = (condition: string, [, , lane]: Values, more = ''): string => `
  WITH new AS (
    INSERT INTO port (id, network_id, name, description, project_id, mac_address, fixed_ips, allowed_address_pairs, host_id,
      vnic_type, profile, device_id, device_owner, admin_state_up, extras, claim)
    SELECT id, network_id, name, description, project_id, mac_address, fixed_ips, allowed_address_pairs, host_id,
      vnic_type, profile, device_id, device_owner, admin_state_up, extras, nextval('claim_sequence')
    FROM jsonb_to_recordset($1::jsonb) AS wanted (id uuid, network_id uuid, name text, description text, project_id text,
      mac_address text, fixed_ips jsonb, allowed_address_pairs jsonb, host_id text, vnic_type text, profile jsonb, device_id text,
      device_owner text, admin_state_up boolean, extras jsonb)
    WHERE ${condition}
    RETURNING *
  ), addresses AS (
    INSERT INTO fixed_ip (network_id, ip, port_id, subnet_id)
    SELECT network_id, (each ->> 'ip_address')::inet, id, (each ->> 'subnet_id')::uuid FROM new, jsonb_array_elements(fixed_ips) AS each
  ), macs AS (
    INSERT INTO port_mac (port_id, network_id, mac, ips)
    SELECT port_id, network_id, mac, ips FROM jsonb_to_recordset($2::jsonb) AS wanted (port_id uuid, network_id uuid, mac text, ips text[])
    WHERE ${condition}
    RETURNING network_id, mac
  ), marks (table_name, key) AS (
    SELECT 'network/' || network_id, 'mac/' || mac FROM macs
    UNION SELECT 'network/' || network_id, 'vtep/' || vtep_ip FROM new JOIN host_vtep ON host_vtep.host = new.host_id
    UNION SELECT 'sync', 'stretch/' || stretch.id FROM new JOIN sync_stretch AS stretch USING (network_id) WHERE ${IS_ROUTER}
  ), marked AS (${(lane === 0 ? insertFewSelected : insertSelected)('$3::smallint')})${more}
  SELECT * FROM new`;

export async function replaceMacs(tx: FactsTransaction, port: NewPort): Promise<void> {
  const macs = [...macsOf(port)].map(([mac, ips]) => ({ mac, ips }));
  await tx.db.query('DELETE FROM port_mac WHERE port_id = $1', [port.id]);
  await tx.db.query(
    `INSERT INTO port_mac (port_id, network_id, mac, ips)
     SELECT $1, $2, mac, ips FROM jsonb_to_recordset($3::jsonb) AS wanted (mac text, ips text[])`,
    [port.id, port.network_id, JSON.stringify(macs)],
  );
}

/**
 * Marks where the ports' MACs are, whether their hosts belong to the flood sets of their network, and what other clouds are told of its
 * routers. Call after the ports were written: from then on their hosts' VTEPs cannot change.
 */
export async function markPorts(tx: FactsTransaction, networkId: string, ports: readonly NewPort[]): Promise<void> {
  for (const port of ports) for (const mac of macsOf(port).keys()) tx.mark(markMac(networkId, mac));
  if (ports.some(isRouter)) await markStretchesOf(tx, networkId);
  const hosts = [...new Set(ports.map((port) => port.host_id))].filter((host) => host !== '');
  if (hosts.length === 0) return;
  const vteps: { vtep_ip: string }[] = await tx.db.query(
    'SELECT vtep_ip FROM host_vtep WHERE host = ANY ($1::text[])',
    [hosts],
  );
  for (const { vtep_ip } of vteps)
    tx.mark({ table: networkTable.table(networkId), key: networkTable.vtepKey(vtep_ip) });
}
