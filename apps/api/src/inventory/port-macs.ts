import { parseIp } from '@l2gw/l2';
import type { AddressPair, FixedIp } from './port.entity.js';

interface PortAddresses {
  readonly mac_address: string;
  readonly fixed_ips: readonly FixedIp[];
  readonly allowed_address_pairs: readonly AddressPair[];
}

/**
 * Every MAC a port may speak with → the IPs it may have. Subnets of address pairs say nothing about a single address and count
 * for no ARP suppression.
 */
export function macsOf(port: PortAddresses): ReadonlyMap<string, readonly string[]> {
  const macs = new Map<string, string[]>([[port.mac_address, port.fixed_ips.map((each) => parseIp(each.ip_address))]]);
  for (const pair of port.allowed_address_pairs) {
    const ips = macs.get(pair.mac_address) ?? [];
    macs.set(pair.mac_address, ips);
    const address = hostAddress(pair.ip_address);
    if (address !== undefined && !ips.includes(address)) ips.push(address);
  }
  return macs;
}

function hostAddress(cidr: string): string | undefined {
  const [address = '', length] = cidr.split('/');
  const ip = parseIp(address);
  const whole = ip.includes(':') ? '128' : '32';
  return length === undefined || length === whole ? ip : undefined;
}
