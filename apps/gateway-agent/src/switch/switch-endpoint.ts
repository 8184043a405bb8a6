import {
  type ConnectionOptions,
  equals,
  formatEndpoint,
  isPassive,
  type PassiveSettings,
  readResults,
  type RequestLimits,
  select,
  type Session,
} from '@l2gw/ovsdb';
import type { Log } from '@l2gw/runtime';
import type { AgentConfig } from '../config.js';

const DATABASE = 'hardware_vtep';

type WhereAndWho = Pick<ConnectionOptions, 'endpoint' | 'tls' | 'passive' | 'dbName' | 'probeIntervalMs'>;

/** Where the switch's database is, and how it is known when it is the one that dials. */
export function endpointOf({ ovsdb, switchNames }: Pick<AgentConfig, 'ovsdb' | 'switchNames'>, log: Log): WhereAndWho {
  const { endpoint, tls, probeMs: probeIntervalMs } = ovsdb;
  return { endpoint, tls, dbName: DATABASE, probeIntervalMs, passive: passive(switchNames, log) };
}

/** What is to be said before the first session, or the first attempt at one. */
export function beforeTheFirst({ endpoint }: AgentConfig['ovsdb']): string {
  return isPassive(endpoint) ? `not dialled in yet at ${formatEndpoint(endpoint)}` : 'not dialled yet';
}

/** Addresses say nothing: switches come through translators and relays. */
function passive(switchNames: readonly string[], log: Log): PassiveSettings {
  return {
    identify: (session, limits) => hasSwitch(session, switchNames, limits),
    listening: (endpoint) => log.info('ovsdb-listening', { endpoint: formatEndpoint(endpoint), port: endpoint.port }),
    stranger: ({ from, reason, turnedAway }) => log.warn('ovsdb-stranger', { from, error: reason, turnedAway }),
  };
}

/** One of them will do: the others may still have to boot. */
async function hasSwitch(session: Session, names: readonly string[], limits: RequestLimits): Promise<boolean> {
  const questions = names.map((name) => select('Physical_Switch', [equals('name', name)], ['_uuid']));
  const found = readResults(questions, await session.request('transact', [DATABASE, ...questions], limits));
  return found.some(({ rows }) => rows.length > 0);
}
