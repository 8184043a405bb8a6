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
export function endpointOf({ ovsdb, switchName }: Pick<AgentConfig, 'ovsdb' | 'switchName'>, log: Log): WhereAndWho {
  const { endpoint, tls, probeMs: probeIntervalMs } = ovsdb;
  return { endpoint, tls, dbName: DATABASE, probeIntervalMs, passive: passive(switchName, log) };
}

/** What is to be said before the first session, or the first attempt at one. */
export function beforeTheFirst({ endpoint }: AgentConfig['ovsdb']): string {
  return isPassive(endpoint) ? `not dialled in yet at ${formatEndpoint(endpoint)}` : 'not dialled yet';
}

/** Addresses say nothing: switches come through translators and relays. */
function passive(switchName: string, log: Log): PassiveSettings {
  return {
    identify: (session, limits) => hasSwitch(session, switchName, limits),
    listening: (endpoint) => log.info('ovsdb-listening', { endpoint: formatEndpoint(endpoint), port: endpoint.port }),
    stranger: ({ from, reason, turnedAway }) => log.warn('ovsdb-stranger', { from, error: reason, turnedAway }),
  };
}

async function hasSwitch(session: Session, name: string, limits: RequestLimits): Promise<boolean> {
  const question = [select('Physical_Switch', [equals('name', name)], ['_uuid'])] as const;
  const [{ rows }] = readResults(question, await session.request('transact', [DATABASE, ...question], limits));
  return rows.length > 0;
}
