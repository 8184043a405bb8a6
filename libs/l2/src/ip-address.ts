import { isIPv4, isIPv6 } from 'node:net';

/** An IPv4 or IPv6 address in canonical form (RFC 5952 for IPv6). */
export type IpAddress = string & { readonly __brand: 'IpAddress' };

/** The address of a VXLAN tunnel end point; IPv4, because `hardware_vtep` has only `vxlan_over_ipv4`. */
export type VtepIp = IpAddress & { readonly __vtep: true };

/** Reads an address of either family. Throws `RangeError`. */
export function parseIp(text: string): IpAddress {
  if (isIPv4(text)) return text as IpAddress;
  if (isIPv6(text) && !text.includes('%')) return new URL(`http://[${text}]`).hostname.slice(1, -1) as IpAddress;
  throw new RangeError(`not an IP address: ${JSON.stringify(text)}`);
}

/** Reads the address of a VTEP. Throws `RangeError`, also for IPv6. */
export function parseVtepIp(text: string): VtepIp {
  if (isIPv4(text) && text !== '0.0.0.0') return text as VtepIp;
  throw new RangeError(`not the IPv4 address of a VTEP: ${JSON.stringify(text)}`);
}

/** Puts IPv4 before IPv6 and sorts within a family by text: the order in which one address is chosen of several. */
export function byFamily(a: IpAddress, b: IpAddress): number {
  const [familyA, familyB] = [isIPv4(a) ? 0 : 1, isIPv4(b) ? 0 : 1];
  return familyA - familyB || (a < b ? -1 : a > b ? 1 : 0);
}
