import { EVENT_NOUNS, type L2Event } from '@l2gw/contracts';
import { invalidAttribute } from '../http/neutron-error.js';

export type EventFilter = (event: L2Event) => boolean;

/**
 * Reads `?noun=…&id=…&network_id=…`, each repeatable: any of its values will do. What stands for several events passes by its network,
 * and what the events say of themselves passes always. Throws 400 for a noun that nothing is told of.
 */
export function readEventFilter(query: URLSearchParams): EventFilter {
  const [nouns, ids, networks] = ['noun', 'id', 'network_id'].map((name) => query.getAll(name));
  const unknown = nouns?.find((noun) => !EVENT_NOUNS.some((known) => known === noun));
  if (unknown !== undefined) throw invalidAttribute('noun', `'${unknown}' is not in ${JSON.stringify(EVENT_NOUNS)}.`);
  return (event) =>
    event.noun === 'feed' ||
    (isAmong(nouns, event.noun) &&
      (event.count !== undefined || isAmong(ids, event.id)) &&
      ((event.count !== undefined && event.network_id === undefined) || isAmong(networks, event.network_id)));
}

function isAmong(wanted: readonly string[] = [], value: string | undefined): boolean {
  return wanted.length === 0 || (value !== undefined && wanted.includes(value));
}
