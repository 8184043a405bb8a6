import { isIP } from 'node:net';
import { type BusSettings, type Listen, type LogLevel, LOG_LEVELS, Settings, readBusSettings } from '@l2gw/runtime';
import { type AuthSettings, readAuth } from './auth/auth-settings.js';
import type { DatabaseSettings } from './database/data-source.js';
import type { VniRange } from './inventory/vni-allocation.js';
import { readQuotaDefaults } from './quotas/quota-defaults.js';
import type { Limits } from './quotas/quota-resources.js';
import { CLOUD_ID } from './sync/cloud-id.js';

/** Everything the API can be told, read once at its start. Also the token under which it is injected. */
export abstract class ApiConfig {
  abstract readonly http: Listen;
  /** Addresses of load balancers, whose word is taken for where a request comes from. */
  abstract readonly proxies: readonly string[];
  abstract readonly database: DatabaseSettings;
  abstract readonly bus: BusSettings;
  abstract readonly auth: AuthSettings;
  /** How far the audit trail reaches back; 0: none is kept. */
  abstract readonly auditDays: number;
  abstract readonly vniRange: VniRange;
  /** Of projects that have no limits of their own. */
  abstract readonly quotaDefaults: Limits;
  /** By which other clouds know this one; absent: nothing is shared, or it was given before. */
  abstract readonly cloudId?: string;
  abstract readonly replication: 'source_node' | 'service_node';
  /** Requests that wait for a status, and event streams: so many of each at once at the most. */
  abstract readonly mostWaiters: number;
  abstract readonly logLevel: LogLevel;
}

/** Throws `ConfigurationError` that names every problem. */
export function loadConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): ApiConfig {
  const settings = new Settings(env, argv);
  const http = settings.listen('L2GW_HTTP_LISTEN', '127.0.0.1:9696');
  const ca = settings.secret('L2GW_DATABASE_CA_FILE');
  return settings.settled<ApiConfig>({
    http,
    proxies: readProxies(settings),
    database: {
      url: settings.text('L2GW_DATABASE_URL'),
      connections: settings.integer('L2GW_DATABASE_POOL', 10, 'connections'),
      ...(ca === undefined ? {} : { ca }),
    },
    bus: readBusSettings(settings),
    auth: readAuth(settings, http),
    auditDays: settings.integer('L2GW_AUDIT_DAYS', 90, 'days'),
    vniRange: readVniRange(settings),
    quotaDefaults: readQuotaDefaults(settings),
    ...readCloudId(settings),
    replication: settings.oneOf('L2GW_REPLICATION', ['source_node', 'service_node'], 'source_node'),
    mostWaiters: settings.integer('L2GW_MOST_WAITERS', 1000, 'requests'),
    logLevel: settings.oneOf('L2GW_LOG_LEVEL', LOG_LEVELS, 'info'),
  });
}

function readCloudId(settings: Settings): Pick<ApiConfig, 'cloudId'> {
  const cloudId = settings.optional('L2GW_CLOUD_ID');
  if (cloudId === undefined) return {};
  if (!CLOUD_ID.test(cloudId))
    settings.refuse(`L2GW_CLOUD_ID is not 1 to 31 lower-case letters, digits and hyphens: ${cloudId}`);
  return { cloudId };
}

function readProxies(settings: Settings): readonly string[] {
  const proxies = (settings.optional('L2GW_HTTP_PROXIES') ?? '').split(',').filter((each) => each !== '');
  for (const proxy of proxies) {
    const [address = '', length] = proxy.split('/');
    const bits = isIP(address) === 6 ? 128 : 32;
    if (isIP(address) === 0 || !(length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits)))
      settings.refuse(`L2GW_HTTP_PROXIES has what is neither ADDRESS nor ADDRESS/LENGTH: ${proxy}`);
  }
  return proxies;
}

function readVniRange(settings: Settings): VniRange {
  const text = settings.text('L2GW_VNI_RANGE', '1000:16777215');
  const [first = NaN, last = NaN] = text.split(':').map(Number);
  if (!(first >= 1 && first <= last && last <= 0xff_ff_ff))
    settings.refuse(`L2GW_VNI_RANGE is not FIRST:LAST: ${text}`);
  return { first, last };
}
