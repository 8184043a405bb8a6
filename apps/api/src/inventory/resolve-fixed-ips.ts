import { type IpAddress, parseIp } from '@l2gw/l2';
import { NeutronError, invalidInput } from '../http/neutron-error.js';
import { addressOf, contains, parseCidr } from './address-range.js';
import type { WantedIp } from './port.body.js';
import type { SubnetEntity } from './subnet.entity.js';

/** One address that a port shall have: this one, or a free one of the first of these subnets that has any. */
export type Wanted =
  { readonly ip: IpAddress; readonly subnet: SubnetEntity | undefined } | { readonly anyOf: readonly SubnetEntity[] };

interface Wish {
  readonly network_id: string;
  readonly mac_address: string;
  /** Absent: whatever the network has to give. */
  readonly fixed_ips: readonly WantedIp[] | undefined;
}

/**
 * What a port wants of its network's subnets, by Neutron's rules: without a word, one address of each IP version. A network without
 * subnets knows nothing about addresses, and takes any. Throws `NeutronError`.
 */
export function resolveFixedIps(port: Wish, subnets: readonly SubnetEntity[]): readonly Wanted[] {
  if (port.fixed_ips === undefined) return [...oneOf(subnets, 4), ...oneOf(subnets, 6), ...ownAddresses(port, subnets)];
  return port.fixed_ips.map((wish) => wantedOf(port, wish, subnets));
}

function oneOf(subnets: readonly SubnetEntity[], version: 4 | 6): readonly Wanted[] {
  const anyOf = subnets.filter((subnet) => subnet.ip_version === version && !isSelfAssigned(subnet));
  return anyOf.length === 0 ? [] : [{ anyOf }];
}

function ownAddresses(port: Wish, subnets: readonly SubnetEntity[]): readonly Wanted[] {
  return subnets.filter(isSelfAssigned).map((subnet) => ({ ip: selfAssigned(subnet, port.mac_address), subnet }));
}

function wantedOf(port: Wish, wish: WantedIp, subnets: readonly SubnetEntity[]): Wanted {
  const ip = wish.ip_address === undefined ? undefined : parseIp(wish.ip_address);
  const subnet = wish.subnet_id === undefined ? undefined : subnetOf(port, wish.subnet_id, subnets);
  if (ip === undefined) return subnet === undefined ? { anyOf: subnets } : fromSubnet(port, subnet);
  if (subnet !== undefined) {
    if (contains(parseCidr(subnet.cidr), ip)) return { ip, subnet };
    const text = `IP address ${ip} is not a valid IP for the specified subnet.`;
    throw new NeutronError(400, 'InvalidIpForSubnet', text);
  }
  const home = subnets.find((each) => contains(parseCidr(each.cidr), ip));
  if (home !== undefined || subnets.length === 0) return { ip, subnet: home };
  const text = `IP address ${ip} is not a valid IP for any of the subnets on the specified network.`;
  throw new NeutronError(400, 'InvalidIpForNetwork', text);
}

function fromSubnet(port: Wish, subnet: SubnetEntity): Wanted {
  return isSelfAssigned(subnet) ? { ip: selfAssigned(subnet, port.mac_address), subnet } : { anyOf: [subnet] };
}

function subnetOf(port: Wish, id: string, subnets: readonly SubnetEntity[]): SubnetEntity {
  const subnet = subnets.find((each) => each.id === id);
  if (subnet !== undefined) return subnet;
  throw invalidInput(
    `Failed to create port on network ${port.network_id}, because fixed_ips included invalid subnet ${id}.`,
  );
}

/** True if hosts make their addresses of the subnet themselves, from their MACs (RFC 4862). */
function isSelfAssigned({ ipv6_address_mode: mode }: SubnetEntity): boolean {
  return mode === 'slaac' || mode === 'dhcpv6-stateless';
}

/** The subnet's prefix with the modified EUI-64 of the MAC (RFC 4291, appendix A). */
function selfAssigned(subnet: SubnetEntity, mac: string): IpAddress {
  const digits = mac.replaceAll(':', '');
  const eui64 = BigInt(`0x${digits.slice(0, 6)}fffe${digits.slice(6)}`) ^ (1n << 57n);
  return addressOf(parseCidr(subnet.cidr).first + eui64, 6);
}
