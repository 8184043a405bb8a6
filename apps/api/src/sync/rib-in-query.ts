import type { RibInPlace, RibInQuery } from '@l2gw/contracts';
import { parseMac } from '@l2gw/l2';
import { isMac, isUuid } from '../http/attributes.js';
import { readListQuery } from '../http/list-query.js';
import { badRequest, invalidAttribute } from '../http/neutron-error.js';

/** Rows of one answer, at most and if nobody says how many. */
export const MOST_RIB_IN = 1000;

/** Reads `?network=…&mac=…&limit=…&marker=…`. Throws 400. */
export function readRibIn(query: URLSearchParams): Omit<RibInQuery, 'peer'> {
  const { limit = MOST_RIB_IN, marker } = readListQuery(query);
  const [network, mac] = [query.get('network') ?? query.get('network_id') ?? undefined, query.get('mac') ?? undefined];
  if (network !== undefined && !isUuid(network)) throw invalidAttribute('network', `'${network}' is not a valid UUID.`);
  if (mac !== undefined && !isMac(mac)) throw invalidAttribute('mac', `'${mac}' is not a valid MAC address.`);
  return {
    ...(network === undefined ? {} : { network: network.toLowerCase() }),
    ...(mac === undefined ? {} : { mac: parseMac(mac) }),
    ...(marker === undefined ? {} : { after: placeOf(marker) }),
    limit: Math.min(limit, MOST_RIB_IN),
  };
}

/** The marker of a row: its connection and its MAC. */
export const markerOf = ({ connection, mac }: RibInPlace): string => `${connection}/${mac}`;

function placeOf(marker: string): RibInPlace {
  const slash = marker.indexOf('/');
  if (slash < 0) throw badRequest(`Invalid input for operation: marker '${marker}' is not the id of a row.`);
  return { connection: marker.slice(0, slash), mac: marker.slice(slash + 1) };
}
