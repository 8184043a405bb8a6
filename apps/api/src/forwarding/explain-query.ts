import { type IpAddress, type MacAddress, parseIp, parseMac } from '@l2gw/l2';
import { isIp, isMac } from '../http/attributes.js';
import { badRequest, invalidAttribute } from '../http/neutron-error.js';

/** What is to be explained: where a MAC is, or the MACs that have an IP. */
export interface ExplainQuery {
  /** Absent: every network in which somebody claims it. */
  readonly network: string | undefined;
  readonly subject: { readonly mac: MacAddress } | { readonly ip: IpAddress };
}

/** Reads `?mac=…` or `?ip=…`, and `&network=…`. Throws 400. */
export function readExplainQuery(query: URLSearchParams): ExplainQuery {
  const [mac, ip] = [query.get('mac'), query.get('ip')];
  const network = query.get('network') ?? query.get('network_id') ?? undefined;
  if ((mac === null) === (ip === null)) throw badRequest('Say what to explain: either mac or ip.');
  if (mac !== null && !isMac(mac)) throw invalidAttribute('mac', `'${mac}' is not a valid MAC address.`);
  if (ip !== null && !isIp(ip)) throw invalidAttribute('ip', `'${ip}' is not a valid IP address.`);
  return { network, subject: mac === null ? { ip: parseIp(ip ?? '') } : { mac: parseMac(mac) } };
}
