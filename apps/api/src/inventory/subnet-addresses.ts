import { type IpAddress, parseIp } from '@l2gw/l2';
import { isIp, toInteger } from '../http/attributes.js';
import { NeutronError, conflict, invalidAttribute, invalidInput, spelled } from '../http/neutron-error.js';
import { type AddressRange, type Cidr, addressOf, contains, numberOf, parseCidr, versionOf } from './address-range.js';
import type { AddressPool } from './subnet.entity.js';

/** What of a subnet must fit together. */
export interface SubnetAddresses {
  readonly cidr: Cidr;
  readonly gateway: IpAddress | undefined;
  readonly pools: readonly AddressPool[];
}

interface Wish {
  readonly cidr: string;
  readonly ip_version?: unknown;
  readonly gateway_ip?: unknown;
  readonly allocation_pools?: readonly AddressPool[] | null;
}

/** The addresses of a subnet as asked for, with Neutron's defaults for what was not. Throws `NeutronError`. */
export function subnetAddresses(wish: Wish): SubnetAddresses {
  const cidr = cidrOf(wish.cidr);
  const version = wish.ip_version ?? cidr.version;
  if (toInteger(version) !== cidr.version) {
    throw invalidInput(`Invalid CIDR ${cidr.text} for IP version ${spelled(version)}.`);
  }
  const gateway = gatewayOf(wish.gateway_ip, cidr);
  const given = wish.allocation_pools ?? undefined;
  const pools = given === undefined ? defaultPools(cidr, gateway) : given.map((pool) => checkedPool(pool, cidr));
  refuseOverlaps(pools, cidr);
  if (gateway !== undefined) refuseGatewayInPool(pools, gateway);
  return { cidr, gateway, pools };
}

export function rangeOf(pool: AddressPool): AddressRange {
  return { first: numberOf(parseIp(pool.start)), last: numberOf(parseIp(pool.end)) };
}

function cidrOf(text: string): Cidr {
  try {
    const cidr = parseCidr(text);
    if (cidr.length === 0) throw invalidInput('0 is not allowed as CIDR prefix length.');
    if (cidr.text === text || cidr.version === 6) return cidr;
    throw invalidAttribute('cidr', `'${text}' isn't a recognized IP subnet cidr, '${cidr.text}' is recommended.`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalidAttribute('cidr', `'${text}' is not a valid IP subnet.`);
  }
}

/** Without a word, the first address after the subnet's own; null for none. */
function gatewayOf(given: unknown, cidr: Cidr): IpAddress | undefined {
  if (given === null) return undefined;
  if (given === undefined) {
    return addressOf(cidr.first === cidr.last ? cidr.first : cidr.first + 1n, cidr.version);
  }
  if (typeof given !== 'string' || !isIp(given)) {
    throw invalidAttribute('gateway_ip', `'${spelled(given)}' is not a valid IP address.`);
  }
  const gateway = parseIp(given);
  if (versionOf(gateway) !== cidr.version || !contains(cidr, gateway)) {
    throw invalidInput('Gateway is not valid on subnet.');
  }
  return gateway;
}

/** Everything but the subnet's own address, the broadcast address of IPv4 and the gateway. */
function defaultPools(cidr: Cidr, gateway: IpAddress | undefined): readonly AddressPool[] {
  const first = cidr.first + 1n;
  const last = cidr.version === 4 ? cidr.last - 1n : cidr.last;
  if (first >= last) return withoutGateway(cidr, cidr.version, gateway);
  return withoutGateway({ first, last }, cidr.version, gateway);
}

function withoutGateway(
  { first, last }: AddressRange,
  version: 4 | 6,
  gateway: IpAddress | undefined,
): readonly AddressPool[] {
  const hole = gateway === undefined ? last + 1n : numberOf(gateway);
  const halves = contains({ first, last }, hole)
    ? [
        { first, last: hole - 1n },
        { first: hole + 1n, last },
      ]
    : [{ first, last }];
  return halves
    .filter((half) => half.first <= half.last)
    .map((half) => ({ start: addressOf(half.first, version), end: addressOf(half.last, version) }));
}

function checkedPool({ start, end }: AddressPool, cidr: Cidr): AddressPool {
  const [from, to] = [parseIp(start), parseIp(end)];
  const named = `${from}-${to}`;
  if (versionOf(from) !== cidr.version || versionOf(to) !== cidr.version || numberOf(from) > numberOf(to)) {
    throw new NeutronError(400, 'InvalidAllocationPool', `The allocation pool ${named} is not valid.`);
  }
  if (!contains(cidr, from) || !contains(cidr, to)) {
    const text = `The allocation pool ${named} spans beyond the subnet cidr ${cidr.text}.`;
    throw new NeutronError(400, 'OutOfBoundsAllocationPool', text);
  }
  return { start: from, end: to };
}

function refuseOverlaps(pools: readonly AddressPool[], cidr: Cidr): void {
  pools.forEach((one, index) => {
    const other = pools.slice(index + 1).find((each) => overlap(rangeOf(one), rangeOf(each)));
    if (other === undefined) return;
    const names = [one, other].map(({ start, end }) => `${start}-${end}`).join(' ');
    const text = `Found overlapping allocation pools: ${names} for subnet ${cidr.text}.`;
    throw conflict('OverlappingAllocationPools', text);
  });
}

function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function refuseGatewayInPool(pools: readonly AddressPool[], gateway: IpAddress): void {
  const pool = pools.find((each) => contains(rangeOf(each), gateway));
  if (pool === undefined) return;
  throw conflict(
    'GatewayConflictWithAllocationPools',
    `Gateway ip ${gateway} conflicts with allocation pool ${pool.start}-${pool.end}.`,
  );
}
