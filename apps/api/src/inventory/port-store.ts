import { networkTable } from '@l2gw/contracts';
import { type FactsTransaction, markMac } from '../database/facts.js';
import { macsOf } from './port-macs.js';
import { PortEntity } from './port.entity.js';

/** Writing ports together with what hangs on them: the MACs they speak with, and the marks of what must be compiled anew. */

/** Rows of one INSERT; PostgreSQL bounds its parameters. */
const ROWS = 2000;

export type NewPort = Omit<PortEntity, 'claim' | 'created_at' | 'updated_at' | 'revision_number'>;

export async function insertPorts(tx: FactsTransaction, ports: readonly NewPort[]): Promise<void> {
  for (let start = 0; start < ports.length; start += ROWS) {
    const rows = ports
      .slice(start, start + ROWS)
      .map((port) => ({ ...port, claim: () => "nextval('claim_sequence')" }));
    await tx.db.createQueryBuilder().insert().into(PortEntity).values(rows).updateEntity(false).execute();
  }
  await insertMacs(tx, ports);
  await markPorts(tx, ports);
}

export async function replaceMacs(tx: FactsTransaction, port: NewPort): Promise<void> {
  await tx.db.query('DELETE FROM port_mac WHERE port_id = $1', [port.id]);
  await insertMacs(tx, [port]);
}

/** Marks where the ports' MACs are, and whether their hosts belong to the flood sets of their networks. */
export async function markPorts(tx: FactsTransaction, ports: readonly NewPort[]): Promise<void> {
  for (const port of ports) for (const mac of macsOf(port).keys()) tx.mark(markMac(port.network_id, mac));
  const places = new Map(
    ports.filter((port) => port.host_id !== '').map((port) => [`${port.network_id} ${port.host_id}`, port]),
  );
  if (places.size === 0) return;
  const bound = [...places.values()];
  const vteps: { network_id: string; vtep_ip: string }[] = await tx.db.query(
    `SELECT DISTINCT place.network_id, vtep_ip FROM unnest($1::text[], $2::text[]) AS place (network_id, host)
     JOIN host_vtep USING (host)`,
    [bound.map((port) => port.network_id), bound.map((port) => port.host_id)],
  );
  tx.mark(
    ...vteps.map((each) => ({ table: networkTable.table(each.network_id), key: networkTable.vtepKey(each.vtep_ip) })),
  );
}

/** Keeps the hosts' VTEPs as they are until the end of the transaction. */
export async function holdHosts(tx: FactsTransaction, hosts: readonly string[]): Promise<void> {
  for (const host of [...new Set(hosts)].sort()) if (host !== '') await tx.lock('host', host, 'shared');
}

async function insertMacs(tx: FactsTransaction, ports: readonly NewPort[]): Promise<void> {
  const rows = ports.flatMap((port) => [...macsOf(port)].map(([mac, ips]) => ({ port, mac, ips })));
  await tx.db.query(
    `INSERT INTO port_mac (port_id, network_id, mac, ips)
     SELECT port_id, network_id, mac, string_to_array(ips, ' ')
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS new (port_id, network_id, mac, ips)`,
    [
      rows.map((row) => row.port.id),
      rows.map((row) => row.port.network_id),
      rows.map((row) => row.mac),
      rows.map((row) => row.ips.join(' ')),
    ],
  );
}
