import type { MacAddress } from '@l2gw/l2';

/** How the MACs begin that routers share: whoever is master has them, so each cloud may have its own. */
const PREFIXES = [
  '00:00:5e:00:01:', // VRRP for IPv4 (RFC 9568 §7.3)
  '00:00:5e:00:02:', // VRRP for IPv6 (RFC 9568 §7.3)
  '00:00:0c:07:ac:', // HSRP version 1 (RFC 2281)
  '00:00:0c:9f:f', // HSRP version 2 for IPv4
  '00:05:73:a0:0', // HSRP version 2 for IPv6
  '00:07:b4:00:', // GLBP
] as const;

/** Whether a MAC belongs to a virtual router. Such a MAC is told to nobody unless the operator wants it told. */
export function isVirtualRouter(mac: MacAddress): boolean {
  return PREFIXES.some((prefix) => mac.startsWith(prefix));
}
