import type { EntityManager } from 'typeorm';
import { detailOf, violates } from '../database/violation.js';
import { type NeutronError, conflict } from '../http/neutron-error.js';
import { placePorts } from './place-ports.js';
import type { WantedIp } from './port.body.js';
import type { FixedIp } from './port.entity.js';
import type { NewPort } from './port-store.js';

/** Gives the port other addresses and answers it with them. Those it has it keeps where it asks for any of the same subnet. */
export async function replaceFixedIps(db: EntityManager, port: NewPort, wishes: readonly WantedIp[]): Promise<NewPort> {
  await db.query('DELETE FROM fixed_ip WHERE port_id = $1', [port.id]);
  const [placed = port] = await placePorts(db, [{ ...port, fixed_ips: kept(port.fixed_ips, wishes) }]);
  await db.query(
    `INSERT INTO fixed_ip (network_id, ip, port_id, subnet_id)
     SELECT $1, ip_address, $2, subnet_id FROM jsonb_to_recordset($3::jsonb) AS wanted (ip_address inet, subnet_id uuid)`,
    [port.network_id, port.id, JSON.stringify(placed.fixed_ips)],
  );
  return placed;
}

/** Neutron's error for an address that PostgreSQL refused: `Key (network_id, ip)=(…, …) already exists.` */
export function addressInUse(error: unknown): NeutronError | undefined {
  if (!violates(error, 'fixed_ip_pkey')) return undefined;
  const [, network, ip] = /=\((.*), (.*)\)/.exec(detailOf(error)) ?? [];
  return conflict(
    'IpAddressInUse',
    `Unable to complete operation for network ${network}. The IP address ${ip} is in use.`,
  );
}

function kept(own: readonly FixedIp[], wishes: readonly WantedIp[]): readonly WantedIp[] {
  const named = new Set(wishes.map((wish) => wish.ip_address));
  const spare = own.filter((each) => !named.has(each.ip_address));
  return wishes.map((wish) => {
    if (wish.ip_address !== undefined) return wish;
    const index = spare.findIndex((each) => each.subnet_id === wish.subnet_id);
    return index === -1 ? wish : (spare.splice(index, 1)[0] ?? wish);
  });
}
