import { parseIp, parseMac } from '@l2gw/l2';
import { isIp, isMac, isUuid } from '../http/attributes.js';
import { invalidAttribute } from '../http/neutron-error.js';

/** Which frozen MACs and IPs may move again; what is absent limits nothing. */
export interface Clear {
  readonly network: string | undefined;
  readonly mac: string | undefined;
  readonly ip: string | undefined;
}

/** Reads `?network=…&mac=…&ip=…`. Throws 400. */
export function readClear(query: URLSearchParams): Clear {
  const [network, mac] = [query.get('network') ?? query.get('network_id') ?? undefined, query.get('mac') ?? undefined];
  if (network !== undefined && !isUuid(network)) throw invalidAttribute('network', `'${network}' is not a valid UUID.`);
  if (mac !== undefined && !isMac(mac)) throw invalidAttribute('mac', `'${mac}' is not a valid MAC address.`);
  const ip = query.get('ip') ?? undefined;
  if (ip !== undefined && !isIp(ip)) throw invalidAttribute('ip', `'${ip}' is not a valid IP address.`);
  return {
    network,
    mac: mac === undefined ? undefined : parseMac(mac),
    ip: ip === undefined ? undefined : parseIp(ip),
  };
}
