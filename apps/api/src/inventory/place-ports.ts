import type { EntityManager } from 'typeorm';
import { conflict } from '../http/neutron-error.js';
import { freeAddresses } from './free-addresses.js';
import type { WantedIp } from './port.body.js';
import type { FixedIp } from './port.entity.js';
import type { NewPort } from './port-store.js';
import { type Wanted, resolveFixedIps } from './resolve-fixed-ips.js';
import { lockSubnetsOf } from './subnet-store.js';
import type { SubnetEntity } from './subnet.entity.js';

/** A port before its addresses are known. */
export type WantedPort = Omit<NewPort, 'fixed_ips'> & { readonly fixed_ips: readonly WantedIp[] | undefined };

/** Gives the ports their addresses; until the end of the transaction nobody else gets any of their networks' subnets. */
export async function placePorts(db: EntityManager, ports: readonly WantedPort[]): Promise<readonly NewPort[]> {
  const subnets = await lockSubnetsOf(db, [...new Set(ports.map((port) => port.network_id))]);
  const wanted = ports.map((port) =>
    resolveFixedIps(
      port,
      subnets.filter((subnet) => subnet.network_id === port.network_id),
    ),
  );
  const supply = await supplyOf(db, wanted.flat());
  return ports.map((port, index) => ({
    ...port,
    fixed_ips: (wanted[index] ?? []).map((want) =>
      'ip' in want ? fixedIp(want.ip, want.subnet) : takeFrom(supply, want.anyOf, port.network_id),
    ),
  }));
}

/** The port in a network that has no subnets: it has the addresses that it names. */
export function withoutSubnets(port: WantedPort): NewPort {
  const named = resolveFixedIps(port, []).flatMap((want) => ('ip' in want ? [fixedIp(want.ip, want.subnet)] : []));
  return { ...port, fixed_ips: named };
}

type Supply = Map<string, FixedIp[]>;

/** Free addresses for everybody who wants any, by the subnets they may come from. */
async function supplyOf(db: EntityManager, wanted: readonly Wanted[]): Promise<Supply> {
  const taken = new Set(wanted.flatMap((want) => ('ip' in want ? [want.ip] : [])));
  const demands = new Map<string, { readonly anyOf: readonly SubnetEntity[]; count: number }>();
  for (const want of wanted) {
    if ('ip' in want) continue;
    const demand = demands.get(keyOf(want.anyOf)) ?? { anyOf: want.anyOf, count: 0 };
    demands.set(keyOf(want.anyOf), { ...demand, count: demand.count + 1 });
  }
  const supply: Supply = new Map();
  for (const [key, { anyOf, count }] of demands) {
    const found: FixedIp[] = [];
    for (const subnet of anyOf) {
      const free = await freeAddresses(db, subnet, count - found.length, taken);
      for (const ip of free) taken.add(ip);
      found.push(...free.map((ip) => fixedIp(ip, subnet)));
    }
    supply.set(key, found);
  }
  return supply;
}

function takeFrom(supply: Supply, anyOf: readonly SubnetEntity[], networkId: string): FixedIp {
  const fixed = supply.get(keyOf(anyOf))?.shift();
  if (fixed !== undefined) return fixed;
  throw conflict('IpAddressGenerationFailure', `No more IP addresses available on network ${networkId}.`);
}

function keyOf(subnets: readonly SubnetEntity[]): string {
  return subnets.map((subnet) => subnet.id).join(' ');
}

function fixedIp(ip: string, subnet: SubnetEntity | undefined): FixedIp {
  return { ...(subnet === undefined ? {} : { subnet_id: subnet.id }), ip_address: ip };
}
