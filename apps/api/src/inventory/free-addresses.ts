import { type IpAddress, parseIp } from '@l2gw/l2';
import type { EntityManager } from 'typeorm';
import { type AddressRange, addressOf, numberOf } from './address-range.js';
import { rangeOf } from './subnet-addresses.js';
import type { SubnetEntity } from './subnet.entity.js';

/**
 * So many free addresses of the subnet's pools, or as many as there are; none of those that are `taken` elsewhere. Addresses are
 * handed out in turn, so that a freed one rests as long as possible. The subnet must be locked.
 */
export async function freeAddresses(
  db: EntityManager,
  subnet: SubnetEntity,
  count: number,
  taken: ReadonlySet<string>,
): Promise<readonly IpAddress[]> {
  const found: IpAddress[] = [];
  for (const pool of subnet.allocation_pools.map(rangeOf)) {
    const missing = count - found.length;
    if (missing === 0) break;
    const next = await afterHighest(db, subnet, pool);
    const fresh = untaken({ first: next, last: pool.last }, subnet.ip_version, missing, taken);
    found.push(...(fresh.length === missing ? fresh : await fromGaps(db, subnet, pool, { count: missing, taken })));
  }
  return found;
}

async function afterHighest(db: EntityManager, subnet: SubnetEntity, pool: AddressRange): Promise<bigint> {
  const [row]: { highest: string }[] = await db.query(
    'SELECT host(ip) AS highest FROM fixed_ip WHERE network_id = $1 AND ip BETWEEN $2 AND $3 ORDER BY ip DESC LIMIT 1',
    [subnet.network_id, addressOf(pool.first, subnet.ip_version), addressOf(pool.last, subnet.ip_version)],
  );
  return row === undefined ? pool.first : numberOf(parseIp(row.highest)) + 1n;
}

function untaken(
  { first, last }: AddressRange,
  version: 4 | 6,
  count: number,
  taken: ReadonlySet<string>,
): readonly IpAddress[] {
  const found: IpAddress[] = [];
  for (let number = first; number <= last && found.length < count; number += 1n) {
    const ip = addressOf(number, version);
    if (!taken.has(ip)) found.push(ip);
  }
  return found;
}

/** Among as many addresses as are used and taken, and `count` more, there are `count` free ones: no need to look further. */
async function fromGaps(
  db: EntityManager,
  subnet: SubnetEntity,
  pool: AddressRange,
  { count, taken }: { readonly count: number; readonly taken: ReadonlySet<string> },
): Promise<readonly IpAddress[]> {
  const rows: { free: string }[] = await db.query(
    `SELECT host(candidate) AS free FROM (
       SELECT $2::inet + step AS candidate FROM generate_series(0, least($3::numeric, (
         SELECT count(*) FROM fixed_ip WHERE network_id = $1 AND ip BETWEEN $2::inet AND $2::inet + least($3::numeric, 9e18)::bigint
       ) + cardinality($4::inet[]) + $5::integer)::bigint) AS step
     ) AS candidates
     WHERE candidate <> ALL ($4::inet[]) AND NOT EXISTS (SELECT FROM fixed_ip WHERE network_id = $1 AND ip = candidate)
     ORDER BY candidate LIMIT $5::integer`,
    [subnet.network_id, addressOf(pool.first, subnet.ip_version), String(pool.last - pool.first), [...taken], count],
  );
  return rows.map((row) => parseIp(row.free));
}
